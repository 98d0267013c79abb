package io.invigil.hub.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 9; S0 section 5, verbatim: 学生在上课前 15 分钟内完成签到，下课后 15 分钟内完成签退，二维码每分钟动态变化一次. */
class PhoneDeskTest {
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
        void checkInIsFromExactlyFifteenMinutesBeforeTheStartToTheStart() {
            long id = session(start, 4, false);
            at(start.minus(Duration.ofMinutes(15)).minusMillis(1));
            assertThat(refusal(enter(id, 0, false))).isEqualTo(SessionRefusal.PHONE_NOT_OPEN);
            at(start.minus(Duration.ofMinutes(15)));
            assertDone(enter(id, 0, false));
            at(start);
            assertDone(enter(id, 1, false));
            at(start.plusMillis(1));
            assertThat(refusal(enter(id, 2, false))).isEqualTo(SessionRefusal.PHONE_CHECK_IN_OVER);
            assertThat(presence(id, 0).arrived().orElseThrow().at())
                    .isEqualTo(start.minus(Duration.ofMinutes(15)));
        }

        @Test
        void checkOutIsFromTheEndToExactlyFifteenMinutesAfterIt() {
            long id = session(start, 4, false);
            at(start);
            for (int student = 0; student < 3; student++) {
                assertDone(enter(id, student, false));
            }
            at(end.minusMillis(1));
            assertThat(refusal(enter(id, 0, true))).isEqualTo(SessionRefusal.PHONE_LEAVE_NOT_OPEN);
            at(end);
            assertDone(enter(id, 0, true));
            at(end.plus(Duration.ofMinutes(15)));
            assertDone(enter(id, 1, true));
            at(end.plus(Duration.ofMinutes(15)).plusMillis(1));
            assertThat(refusal(enter(id, 2, true))).isEqualTo(SessionRefusal.PHONE_LEAVE_OVER);
            assertThat(presence(id, 0).present()).isTrue();
            assertThat(presence(id, 2).present()).isFalse();
        }

        @Test
        void theCodeChangesEveryMinuteAndThePreviousOneCountsTwentySecondsMore() {
            long id = session(start, 4, false);
            at(start.minus(Duration.ofMinutes(5)));
            String code = phones.screen(placed(id).session()).code();
            at(start.minus(Duration.ofMinutes(4)).plusMillis(19_999));
            assertThat(phones.screen(placed(id).session()).code()).isNotEqualTo(code);
            assertDone(claim(id, code, 0));
            at(start.minus(Duration.ofMinutes(4)).plusMillis(20_000));
            assertThat(refusal(claim(id, code, 1))).isEqualTo(SessionRefusal.PHONE_CODE_EXPIRED);
            long other = session(end.plus(Duration.ofHours(1)), 4, false);
            String foreign = phones.screen(placed(other).session()).code();
            assertThat(refusal(claim(id, foreign, 1))).isEqualTo(SessionRefusal.PHONE_CODE_WRONG);
        }

        @Test
        void aPhoneBelongsToOneStudentUntilCollegeStaffUnbindIt() {
            long id = session(start, 4, false);
            at(start);
            assertDone(enter(id, 0, false, "mine"));
            assertThat(refusal(enter(id, 1, false, "mine"))).isEqualTo(SessionRefusal.PHONE_TAKEN);
            assertThat(refusal(enter(id, 0, false, "another")))
                    .isEqualTo(SessionRefusal.PHONE_OTHER);
            Candidate first = student(0);
            for (StaffScope no : List.of(w.teacher, w.unit, w.otherCollege, w.world.otherClerk)) {
                assertRefused(
                        w.tx(tx -> attendances.unbind(tx, no, w.one(tx), first)),
                        SessionRefusal.SESSION_NOT_ALLOWED);
            }
            w.saved(tx -> attendances.unbind(tx, w.college, w.one(tx), first));
            at(end);
            assertDone(enter(id, 0, true, "another"));
        }

        @Test
        void aReplayedCheckInKeepsTheFirstTimeAndNobodyLeavesWhoDidNotCome() {
            long id = session(start, 4, false);
            at(start.minus(Duration.ofMinutes(3)));
            assertDone(enter(id, 0, false));
            at(start);
            assertDone(enter(id, 0, false));
            assertThat(presence(id, 0).arrived().orElseThrow().at())
                    .isEqualTo(start.minus(Duration.ofMinutes(3)));
            at(end);
            assertThat(refusal(enter(id, 1, true))).isEqualTo(SessionRefusal.PHONE_NOT_CHECKED_IN);
        }

        @Test
        void wrongLastFourAndStrangersAreRefusedAndGuessesAreThrottled() {
            long id = session(start, 4, false);
            at(start);
            CandidateId stranger = w.world.candidates(w.world.clerk, 30, 1).getFirst();
            Candidate other =
                    w.tx(tx -> new Candidates().find(tx, w.world.tenant, stranger)).orElseThrow();
            String code = phones.screen(placed(id).session()).code();
            assertThat(
                            refusal(
                                    phones.enter(
                                            claim(id, code, other.number(), other.idNumber()),
                                            "a")))
                    .isEqualTo(SessionRefusal.PHONE_NUMBER_WRONG);
            SessionRefusal last = SessionRefusal.PHONE_NUMBER_WRONG;
            for (int guess = 0; guess <= PhoneDesk.TRIES_PER_NUMBER; guess++) {
                String wrong = "11010119900101" + "%04d".formatted(5_000 + guess);
                last =
                        refusal(
                                phones.enter(
                                        claim(id, code, student(0).number(), wrong), "10.0.0.9"));
            }
            assertThat(last).isEqualTo(SessionRefusal.PHONE_TOO_OFTEN);
            assertDone(enter(id, 1, false));
        }
    }
}
