package io.invigil.hub.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.course.CourseDecision;
import io.invigil.hub.course.CourseWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.testkit.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A class with a session and phones in front of its code; what the tests of sessions share. */
abstract class SessionContract extends StoreContract {
    private static final byte[] KEY = new byte[32];
    CourseWorld w;
    Sessions sessions;
    Attendances attendances;
    PhoneDesk phones;
    Instant start;
    Instant end;

    SessionContract(Dialect dialect) {
        super(dialect, new MigrationSource("hub", Numbers.class));
    }

    @BeforeEach
    void makeWorld() {
        w = CourseWorld.fresh(database());
        w.assign();
        sessions = new Sessions(w.world.clock, w.classes);
        attendances = new Attendances(w.world.clock, w.classes);
        phones =
                new PhoneDesk(
                        database(),
                        w.world.tenant,
                        sessions,
                        attendances,
                        w.classes,
                        KEY,
                        w.world.clock);
        start = w.world.clock.instant().plus(Duration.ofHours(1));
        end = start.plus(Duration.ofHours(3));
    }

    long session(Instant from, int hours, boolean test) {
        return w.saved(
                tx ->
                        sessions.add(
                                tx,
                                w.teacher,
                                w.place(tx),
                                new Sessions.Draft(
                                        Optional.of(from),
                                        Optional.of(from.plus(Duration.ofHours(3))),
                                        hours,
                                        test)));
    }

    CourseDecision add(Instant from, Instant to, int hours, boolean test) {
        return w.tx(
                tx ->
                        sessions.add(
                                tx,
                                w.teacher,
                                w.place(tx),
                                new Sessions.Draft(
                                        Optional.of(from), Optional.of(to), hours, test)));
    }

    Sessions.Placed placed(Tx tx, long id) {
        return sessions.find(tx, w.world.tenant, id).orElseThrow();
    }

    Sessions.Placed placed(long id) {
        return w.tx(tx -> placed(tx, id));
    }

    void at(Instant moment) {
        w.world.clock.set(moment);
    }

    Candidate student(int at) {
        CandidateId id = w.students.get(at);
        return w.tx(tx -> new Candidates().find(tx, w.world.tenant, id)).orElseThrow();
    }

    PhoneDesk.Entry enter(long session, int student, boolean leave) {
        return enter(session, student, leave, "phone-" + student);
    }

    PhoneDesk.Entry enter(long session, int student, boolean leave, String phone) {
        Candidate who = student(student);
        return phones.enter(
                new PhoneDesk.Claim(
                        session,
                        phones.screen(placed(session).session()).code(),
                        who.number(),
                        who.idNumber().substring(14),
                        leave,
                        PhoneDesk.phone(phone)),
                "10.0.0.1");
    }

    static SessionRefusal refusal(PhoneDesk.Entry entry) {
        return ((PhoneDesk.Entry.Refused) entry).code();
    }

    static void assertDone(PhoneDesk.Entry entry) {
        assertThat(entry).isInstanceOf(PhoneDesk.Entry.Done.class);
    }

    static void assertRefused(CourseDecision decision, SessionRefusal code) {
        assertThat(((CourseDecision.Refused) decision).issues())
                .extracting(issue -> issue.code())
                .containsExactly(code.name());
    }

    Presence presence(long session, int student) {
        return w.tx(tx -> attendances.roll(tx, placed(tx, session))).get(student(student));
    }

    List<Sessions.Placed> visible(StaffScope scope) {
        return w.tx(tx -> sessions.visible(tx, scope));
    }

    Optional<Sessions.Placed> found(StaffScope scope, long id) {
        return w.tx(tx -> sessions.findVisible(tx, scope, id));
    }

    PhoneDesk.Entry claim(long id, String code, int student) {
        return phones.enter(
                new PhoneDesk.Claim(
                        id,
                        code,
                        student(student).number(),
                        student(student).idNumber().substring(14),
                        false,
                        PhoneDesk.phone("phone-" + student)),
                "10.0.0.1");
    }

    static PhoneDesk.Claim claim(long id, String code, String number, String idNumber) {
        return new PhoneDesk.Claim(
                id, code, number, idNumber.substring(14), false, PhoneDesk.phone("x"));
    }

    CourseDecision correct(
            Tx tx, StaffScope scope, long id, Attendances.Correction what, String reason) {
        return attendances.correct(tx, scope, placed(tx, id), w.students.getFirst(), what, reason);
    }

    AttendanceMark mark(int student) {
        return w.tx(tx -> sessions.marks(tx, w.place(tx), attendances)).stream()
                .filter(one -> one.student().id().equals(w.students.get(student)))
                .findFirst()
                .orElseThrow();
    }
}
