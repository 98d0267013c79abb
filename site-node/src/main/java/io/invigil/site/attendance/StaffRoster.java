package io.invigil.site.attendance;

import io.invigil.appliance.account.RosterStaff;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.Roster;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The staff of all packages in force as accounts of this node. */
public final class StaffRoster {
    public static final String PROCTOR = "proctor";
    public static final String TECHNICIAN = "technician";

    /** A node serves one body. */
    public static final long TENANT = 0;

    private final ActivePackages packages;
    private final RosterStaff accounts;

    public StaffRoster(ActivePackages packages, RosterStaff accounts) {
        this.packages = packages;
        this.accounts = accounts;
    }

    /** Takes the accounts of the packages as they are now; the newest package wins on a login. */
    public void refresh() {
        Map<String, StaffAccount> byLogin = new LinkedHashMap<>();
        List<ExamPackage> oldestFirst = new ArrayList<>(packages.all());
        oldestFirst.sort(Comparator.comparing(pack -> pack.manifest().version()));
        for (ExamPackage pack : oldestFirst) {
            for (Roster.Staff staff : pack.roster().staff()) {
                StaffAccount account = account(staff);
                byLogin.put(account.login(), account);
            }
        }
        accounts.replace(List.copyOf(byLogin.values()));
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
