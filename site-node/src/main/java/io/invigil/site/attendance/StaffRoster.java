package io.invigil.site.attendance;

import io.invigil.appliance.account.RosterStaff;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.core.DeskState;
import io.invigil.site.room.core.RoomState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** The staff of all packages in force as accounts of this node. */
public final class StaffRoster {
    public static final String PROCTOR = "proctor";
    public static final String TECHNICIAN = "technician";

    /** A proctor for one room, whom two officials let in; see {@link RoomDoor}. */
    public static final String STAND_IN = "stand-in";

    /** A node serves one body. */
    public static final long TENANT = 0;

    private final ActivePackages packages;
    private final RosterStaff accounts;
    private final Supplier<RoomState> room;
    private final LongConsumer ended;
    private Map<String, StaffAccount> standIns = Map.of();

    /**
     * @param room the room's state as it is published
     * @param ended ends the sessions of an account, by its id
     */
    public StaffRoster(
            ActivePackages packages,
            RosterStaff accounts,
            Supplier<RoomState> room,
            LongConsumer ended) {
        this.packages = packages;
        this.accounts = accounts;
        this.room = room;
        this.ended = ended;
    }

    /** A stand-in's account came, or an exam closed and took its stand-ins with it. */
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        boolean concerned =
                facts.stream()
                        .map(StampedFact::fact)
                        .anyMatch(
                                fact ->
                                        fact instanceof ProctorFact.StandInOpened
                                                || fact instanceof RoomFact.PhaseChanged);
        if (gap || concerned) {
            refresh();
        }
    }

    /**
     * Takes the accounts of the packages as they are now; the newest package wins on a login, and
     * any of them over a stand-in.
     */
    public synchronized void refresh() {
        Map<String, StaffAccount> byLogin = new LinkedHashMap<>();
        List<ExamPackage> oldestFirst = new ArrayList<>(packages.all());
        oldestFirst.sort(Comparator.comparing(pack -> pack.manifest().version()));
        for (ExamPackage pack : oldestFirst) {
            for (Roster.Staff staff : pack.roster().staff()) {
                StaffAccount account = account(staff);
                byLogin.put(account.login(), account);
            }
        }
        Map<String, StaffAccount> fresh = new HashMap<>();
        for (ExamPackage pack : oldestFirst) {
            for (DeskState.StandIn one : standIns(pack.exam())) {
                if (!byLogin.containsKey(one.login())) {
                    fresh.put(one.login(), account(one));
                }
            }
        }
        byLogin.putAll(fresh);
        accounts.replace(List.copyOf(byLogin.values()));
        fresh.values().stream()
                .filter(account -> !account.equals(standIns.get(account.login())))
                .forEach(account -> accounts.unlock(account.id()));
        standIns.forEach(
                (login, account) -> {
                    if (!account.equals(fresh.get(login))) {
                        ended.accept(account.id());
                    }
                });
        standIns = Map.copyOf(fresh);
    }

    private List<DeskState.StandIn> standIns(String exam) {
        RoomState state = room.get();
        boolean closed =
                state.exam(exam).filter(one -> one.phase() == RoomPhase.CLOSED).isPresent();
        return closed ? List.of() : state.desk().room(exam).standIns();
    }

    /** Whether a package of this node has given the login to somebody. */
    public boolean isOfAPackage(String login) {
        return packages.all().stream()
                .flatMap(pack -> pack.roster().staff().stream())
                .anyMatch(staff -> staff.login().equalsIgnoreCase(login));
    }

    /** The exam for which a stand-in's account is good. */
    Optional<String> examOf(StaffAccount account) {
        return account.roles().contains(STAND_IN)
                ? packages.all().stream()
                        .map(ExamPackage::exam)
                        .filter(
                                exam ->
                                        standIns(exam).stream()
                                                .anyMatch(
                                                        one -> one.login().equals(account.login())))
                        .findFirst()
                : Optional.empty();
    }

    private static StaffAccount account(DeskState.StandIn one) {
        return new StaffAccount(
                TENANT,
                id(one.login()),
                one.login(),
                one.name(),
                Set.of(STAND_IN),
                Optional.empty(),
                one.passwordHash(),
                0,
                Optional.empty(),
                false,
                false);
    }

    /**
     * Proctors enter the exams whose packages name them; a node may hold others' exams too, such as
     * a class's test beside a certificate's exam.
     */
    public boolean mayEnter(SignedIn person, Visit visit) {
        return visit.pathIfAny("exam")
                .flatMap(packages::exam)
                .map(pack -> works(pack, person))
                .orElse(true);
    }

    /** Whether the package names the proctor; who is no proctor is held by other rules. */
    public static boolean works(ExamPackage pack, SignedIn person) {
        return !person.roles().contains(PROCTOR)
                || pack.roster().staff().stream()
                        .anyMatch(one -> one.login().equalsIgnoreCase(person.login()));
    }

    private static StaffAccount account(Roster.Staff staff) {
        String login = staff.login().toLowerCase(Locale.ROOT);
        boolean technician = staff.role().equalsIgnoreCase(TECHNICIAN);
        return new StaffAccount(
                TENANT,
                id(login),
                login,
                staff.name(),
                Set.of(technician ? TECHNICIAN : PROCTOR),
                Optional.empty(),
                staff.passwordHash(),
                0,
                Optional.empty(),
                false,
                false);
    }

    /** The same for a login in every package and after every start. */
    private static long id(String login) {
        byte[] digest = Digest.sha256(login.getBytes(StandardCharsets.UTF_8)).bytes();
        return ByteBuffer.wrap(digest).getLong() >>> 1;
    }
}
