package io.invigil.hub.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.hub.course.CourseDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 9; S0 sections 4 and 7, verbatim: 建议一般 4 个学时配置一条面授记录；结课状态后将对应面授学时修改为 0；勾选综合测试. */
class SessionsTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends SessionContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @Test
        void laterOnlyByHandWithAReason() {
            long id = session(start, 4, false);
            at(end.plus(Duration.ofDays(1)));
            assertRefused(
                    w.tx(tx -> correct(tx, w.teacher, id, Attendances.Correction.PRESENT, " ")),
                    SessionRefusal.SESSION_REASON_MISSING);
            w.saved(tx -> correct(tx, w.unit, id, Attendances.Correction.PRESENT, "手机没电"));
            assertThat(presence(id, 0).present()).isTrue();
            assertThat(presence(id, 0).reason()).isEqualTo("手机没电");
            assertThat(presence(id, 0).login()).isEqualTo(w.unit.login());
            w.saved(tx -> correct(tx, w.world.clerk, id, Attendances.Correction.ABSENT, "代签"));
            assertThat(presence(id, 0).arrived()).isEmpty();
            assertRefused(
                    w.tx(
                            tx ->
                                    correct(
                                            tx,
                                            w.world.authority,
                                            id,
                                            Attendances.Correction.PRESENT,
                                            "x")),
                    SessionRefusal.SESSION_NOT_ALLOWED);
        }

        @Test
        void theMarkIsHoursPresentOfTheHoursOfAllSessionsThatAreOver() {
            long first = session(start, 4, false);
            long second = session(start.plus(Duration.ofDays(1)), 2, false);
            session(start.plus(Duration.ofDays(2)), 4, false);
            at(start);
            assertDone(enter(first, 0, false));
            at(end);
            assertDone(enter(first, 0, true));
            at(start.plus(Duration.ofDays(1)));
            // came, never left: class attendance is both
            assertDone(enter(second, 0, false));
            at(end.plus(Duration.ofDays(1)));
            AttendanceMark mark = mark(0);
            assertThat(mark.hoursPresent()).isEqualTo(4);
            assertThat(mark.hoursOfAll()).isEqualTo(6);
            assertThat(mark.mark().orElseThrow()).isEqualByComparingTo("66.7");
            assertThat(mark(1).mark().orElseThrow()).isEqualByComparingTo("0");
            assertThat(mark.lines()).hasSize(2);
            w.saved(tx -> sessions.zeroHours(tx, w.teacher, placed(tx, second)));
            assertThat(mark(0).mark().orElseThrow()).isEqualByComparingTo("100");
        }

        @Test
        void hoursAreSetToZeroOnlyOnceTheSessionIsOver() {
            long id = session(start, 4, false);
            at(end.minusMillis(1));
            assertRefused(
                    w.tx(tx -> sessions.zeroHours(tx, w.teacher, placed(tx, id))),
                    SessionRefusal.SESSION_NOT_OVER);
            at(end);
            assertRefused(
                    w.tx(tx -> sessions.zeroHours(tx, w.unit, placed(tx, id))),
                    SessionRefusal.SESSION_NOT_ALLOWED);
            w.saved(tx -> sessions.zeroHours(tx, w.teacher, placed(tx, id)));
            assertThat(placed(id).session().hours()).isZero();
            assertThat(mark(0).mark()).isEmpty();
        }

        @Test
        void aSessionNeedsSoundTimesAndHoursAndTheClassIsInOnePlaceAtATime() {
            session(start, 4, false);
            assertRefused(
                    add(end.minusSeconds(60), end.plusSeconds(60), 4, false),
                    SessionRefusal.SESSION_OVERLAPS);
            assertThat(add(end, end.plusSeconds(60), 1, false))
                    .isInstanceOf(CourseDecision.Saved.class);
            Instant later = end.plus(Duration.ofDays(3));
            assertRefused(add(later, later, 4, false), SessionRefusal.SESSION_TIME_ORDER);
            assertRefused(
                    add(later, later.plusSeconds(60), 0, false), SessionRefusal.SESSION_HOURS);
            assertRefused(
                    add(later, later.plusSeconds(60), Sessions.HOURS_MAX + 1, false),
                    SessionRefusal.SESSION_HOURS);
            at(later);
            assertRefused(add(start, later, 4, false), SessionRefusal.SESSION_TIME_ORDER);
            assertRefused(
                    add(later.minusSeconds(60), later, 4, false), SessionRefusal.SESSION_OVER);
        }

        @Test
        void aCourseHasOneComprehensiveTestAndItsCheckInCountsAsAttendance() {
            long id = session(start, 4, true);
            Instant next = end.plus(Duration.ofDays(1));
            assertRefused(
                    add(next, next.plusSeconds(3600), 4, true), SessionRefusal.SESSION_TEST_TWICE);
            at(start);
            assertDone(enter(id, 0, false));
            at(end);
            assertDone(enter(id, 0, true));
            assertThat(mark(0).mark().orElseThrow()).isEqualByComparingTo("100");
        }

        @Test
        void onlyTheTeacherOfTheCourseAndTheCollegeEnterSessionsAndStrangersSeeNone() {
            long id = session(start, 4, false);
            assertThat(found(w.otherTeacher, id)).isEmpty();
            assertThat(found(w.world.otherClerk, id)).isEmpty();
            assertThat(found(w.otherUnit, id)).isEmpty();
            assertThat(visible(w.teacher)).hasSize(1);
            assertThat(visible(w.otherTeacher)).isEmpty();
            CourseDecision unit =
                    w.tx(
                            tx ->
                                    sessions.add(
                                            tx,
                                            w.unit,
                                            w.place(tx),
                                            new Sessions.Draft(
                                                    Optional.of(end),
                                                    Optional.of(end.plusSeconds(60)),
                                                    4,
                                                    false)));
            assertRefused(unit, SessionRefusal.SESSION_NOT_ALLOWED);
        }
    }
}
