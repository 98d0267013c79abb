package io.invigil.hub.session;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.code.CheckInCode;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.Classes;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Check-in and check-out by phone where no room server stands (domain, section 9): the code on the
 * session's screen, which changes every minute (二维码每分钟动态变化一次) and whose predecessor counts 20 s
 * more; admission or candidate number; the last four of the ID number. Throttled for each number
 * and, much wider, for each address: a whole class may come through one. Thread-safe.
 */
public final class PhoneDesk {
    public static final int TRIES_PER_NUMBER = 10;
    public static final Duration NUMBER_EVERY = Duration.ofSeconds(6);
    public static final int TRIES_PER_ADDRESS = 240;
    public static final Duration ADDRESS_EVERY = Duration.ofMillis(500);
    private static final int LAST_DIGITS = 4;
    private static final int TYPED_CHARS_MAX = 40;

    private final Database database;
    private final TenantId tenant;
    private final Sessions sessions;
    private final Attendances attendances;
    private final Classes classes;
    private final byte[] key;
    private final Clock clock;
    private final Throttle numbers;
    private final Throttle addresses;
    private final Audit audit = new Audit();

    /**
     * @param key at least 32 secret bytes for this purpose alone
     */
    public PhoneDesk(
            Database database,
            TenantId tenant,
            Sessions sessions,
            Attendances attendances,
            Classes classes,
            byte[] key,
            Clock clock) {
        this.database = database;
        this.tenant = tenant;
        this.sessions = sessions;
        this.attendances = attendances;
        this.classes = classes;
        this.key = key.clone();
        this.clock = clock;
        this.numbers = new Throttle(TRIES_PER_NUMBER, NUMBER_EVERY, clock);
        this.addresses = new Throttle(TRIES_PER_ADDRESS, ADDRESS_EVERY, clock);
    }

    /**
     * What a phone sends.
     *
     * @param phone identifies the phone, see {@link #phone}
     */
    record Claim(
            long session,
            String code,
            String number,
            String lastFour,
            boolean leave,
            String phone) {}

    /** What came of it. */
    sealed interface Entry {
        record Done(String name) implements Entry {}

        record Refused(SessionRefusal code) implements Entry {}
    }

    /** What the screen shows now. */
    record Screen(String code, long changesInMillis) {}

    Screen screen(ClassSession session) {
        long now = clock.millis();
        return new Screen(codes(session).at(now), CheckInCode.changesInMillis(now));
    }

    private CheckInCode codes(ClassSession session) {
        return new CheckInCode(key, "hub-" + session.tenant() + "-" + session.id(), "class");
    }

    /** A phone as it is kept: the digest of the random text that it carries. */
    static String phone(String token) {
        return Digest.sha256(token.getBytes(StandardCharsets.UTF_8)).hex();
    }

    Optional<Sessions.Placed> session(long id) {
        return database.inTransaction(tx -> sessions.find(tx, tenant, id));
    }

    /** Whether those who come now leave rather than arrive. */
    boolean leaving(ClassSession session) {
        return session.isOver(clock.instant());
    }

    /** Checks in or out. */
    Entry enter(Claim claim, String address) {
        String number = claim.number().strip();
        if (number.isEmpty()
                || number.length() > TYPED_CHARS_MAX
                || claim.lastFour().length() > TYPED_CHARS_MAX) {
            return new Entry.Refused(SessionRefusal.PHONE_NUMBER_WRONG);
        }
        if (!addresses.allow(address) || !numbers.allow(number)) {
            return new Entry.Refused(SessionRefusal.PHONE_TOO_OFTEN);
        }
        Optional<Sessions.Placed> placed = session(claim.session());
        if (placed.isEmpty()) {
            return new Entry.Refused(SessionRefusal.PHONE_CODE_WRONG);
        }
        return switch (codes(placed.get().session()).check(claim.code(), clock.millis())) {
            case WRONG -> new Entry.Refused(SessionRefusal.PHONE_CODE_WRONG);
            case EXPIRED -> new Entry.Refused(SessionRefusal.PHONE_CODE_EXPIRED);
            case VALID ->
                    database.inTransaction(tx -> enter(tx, placed.get(), claim, number, address));
        };
    }

    private Entry enter(Tx tx, Sessions.Placed placed, Claim claim, String number, String address) {
        Optional<Candidate> student =
                student(tx, placed, number).filter(one -> lastFits(one, claim.lastFour()));
        if (student.isEmpty()) {
            return new Entry.Refused(SessionRefusal.PHONE_NUMBER_WRONG);
        }
        ClassSession session = placed.session();
        Optional<SessionRefusal> refusal =
                claim.leave()
                        ? attendances.leave(tx, session, student.get().id(), claim.phone())
                        : attendances.arrive(tx, session, student.get().id(), claim.phone());
        if (refusal.isPresent()) {
            return new Entry.Refused(refusal.get());
        }
        audit.created(
                tx,
                new AuditActor(
                        session.tenant().value(),
                        student.get().number(),
                        "student",
                        student.get().school().value(),
                        address),
                "session-presence",
                session.id() + "/" + student.get().id(),
                Map.of("phone", claim.leave() ? "left" : "came"));
        return new Entry.Done(student.get().name());
    }

    private Optional<Candidate> student(Tx tx, Sessions.Placed placed, String number) {
        Optional<CandidateId> admitted = attendances.admitted(tx, placed, number);
        return classes.students(tx, placed.teachingClass()).stream()
                .filter(
                        one ->
                                one.number().equalsIgnoreCase(number)
                                        || admitted.equals(Optional.of(one.id())))
                .findFirst();
    }

    private static boolean lastFits(Candidate student, String typed) {
        String id = student.idNumber().toUpperCase(Locale.ROOT);
        String last = id.substring(id.length() - LAST_DIGITS);
        return MessageDigest.isEqual(
                last.getBytes(StandardCharsets.UTF_8),
                typed.strip().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
