package io.invigil.hub.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.HeldEvidence;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.marking.MarkDecision;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.registration.SittingId;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * XSP/1 section 11: answers that a room kept apart (LATE_UNPROVEN) are counted only after a person
 * at the centre said so with a reason; nothing is dropped and nothing counts silently.
 */
class LateAnswersTest {
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

    abstract static class Contract extends StoreContract {
        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Scores.class));
        }

        private ScoredExam exam;
        private long sitting;

        private void sittingWithALateAnswer() {
            exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, true);
            sitting = exam.world.person("王小二", "").theorySitting();
            RoomScript room =
                    new RoomScript(exam.world.tenant, "node-1")
                            .start(sitting, exam.theory.name())
                            .answer(sitting, "T-J01", "A")
                            .handIn(sitting)
                            .add(late("op-late", "T-J04", "A"))
                            .add(late("op-same", "T-J01", "A"))
                            .add(
                                    new RoomFact.ApartDecided(
                                            sitting, "op-late", true, "网线被踢掉，看着他写的"));
            exam.apply(room);
        }

        private RoomFact late(String op, String item, String value) {
            return new RoomFact.AnswerKeptApart(
                    sitting,
                    item,
                    op,
                    0,
                    Map.of("RESPONSE", List.of(value)),
                    ApartReason.LATE_UNPROVEN,
                    Optional.of(new HeldEvidence(180_000, 240_000, true, 60_000)));
        }

        private SittingOutcome outcome() {
            return computed().outcome();
        }

        private ComputedScore computed() {
            return exam
                    .<List<ComputedScore>>tx(tx -> exam.scores.compute(tx, exam.plan(tx)))
                    .stream()
                    .filter(score -> score.sitting().id().value() == sitting)
                    .findFirst()
                    .orElseThrow();
        }

        private MarkDecision decide(StaffScope scope, boolean accepted, String reason) {
            return exam.tx(
                    tx ->
                            exam.marking.decideLate(
                                    tx,
                                    scope,
                                    new SittingId(sitting),
                                    "op-late",
                                    accepted,
                                    reason));
        }

        private List<ScoreAlarm> open() {
            return exam
                    .<List<ScoreAlarm>>tx(
                            tx ->
                                    exam.marking.alarms(
                                            tx, exam.world.tenant, new SittingId(sitting)))
                    .stream()
                    .filter(alarm -> alarm.settled().isEmpty())
                    .toList();
        }

        @Test
        void anUndecidedLateAnswerHoldsTheScoreAndCannotBeWavedThrough() {
            sittingWithALateAnswer();
            assertThat(outcome()).isEqualTo(SittingOutcome.HELD);
            assertThat(open()).extracting(ScoreAlarm::detail).containsExactly("op-late");
            ScoreAlarm alarm = open().getFirst();
            assertThat(alarm.kind()).isEqualTo(ScoreAlarm.Kind.LATE_UNDECIDED);
            MarkDecision settled =
                    exam.tx(tx -> exam.marking.settle(tx, exam.world.staff, alarm, "ok"));
            assertThat(settled)
                    .isEqualTo(new MarkDecision.Refused(MarkDecision.Code.ALARM_UNKNOWN));
        }

        @Test
        void anAcceptedLateAnswerCountsAndARejectedOneDoesNot() {
            sittingWithALateAnswer();
            assertThat(decide(exam.world.staff, false, "监控显示结束后作答"))
                    .isEqualTo(new MarkDecision.Done());
            assertThat(outcome()).isEqualTo(SittingOutcome.SCORED);
            assertThat(computed().total()).isEqualByComparingTo("2");
            assertThat(decide(exam.world.staff, true, "复核：监考证明断网"))
                    .isEqualTo(new MarkDecision.Done());
            assertThat(computed().total()).isEqualByComparingTo("4");
            assertThat(open()).isEmpty();
            var late =
                    exam.<List<io.invigil.hub.marking.LateAnswers.Case>>tx(
                            tx -> exam.marking.late(tx, exam.world.tenant, new SittingId(sitting)));
            assertThat(late).hasSize(2);
            assertThat(late.getFirst().decision().orElseThrow().number()).isEqualTo(2);
            assertThat(late.getFirst().answer().word().orElseThrow().accepted()).isTrue();
        }

        @Test
        void decidingNeedsAReasonAndTheRightPerson() {
            sittingWithALateAnswer();
            assertThat(decide(exam.world.staff, true, " "))
                    .isEqualTo(new MarkDecision.Refused(MarkDecision.Code.LATE_REASON_MISSING));
            assertThat(decide(exam.world.school, true, "reason"))
                    .isEqualTo(new MarkDecision.Refused(MarkDecision.Code.MARK_NOT_ALLOWED));
            assertThat(decide(exam.world.otherBody, true, "reason"))
                    .isInstanceOf(MarkDecision.Refused.class);
            assertThat(outcome()).isEqualTo(SittingOutcome.HELD);
        }
    }
}
