package io.invigil.hub.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.marking.MarkDecision;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewCase;
import io.invigil.hub.review.ReviewOutcome;
import io.invigil.testkit.StoreContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScoresTest {
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

        private ScoredExam exam(PassRule rule, boolean autoPass) {
            return new ScoredExam(database(), rule, autoPass);
        }

        @Test
        void onlyAReviewedSittingScores() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, false);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 1.0);
            assertThat(outcome(exam, person.theorySitting()))
                    .isEqualTo(SittingOutcome.PENDING_REVIEW);
            assertThat(outcome(exam, person.practiceSitting()))
                    .isEqualTo(SittingOutcome.NOT_ARRIVED);
            exam.pass(person.theorySitting());
            ComputedScore score = computed(exam, person.theorySitting());
            assertThat(score.outcome()).isEqualTo(SittingOutcome.SCORED);
            assertThat(score.total()).isEqualByComparingTo("88.00");
            ReviewOutcome rejected =
                    exam.tx(
                            tx ->
                                    exam.reviews.reject(
                                            tx,
                                            exam.world.staff,
                                            exam.plan(tx),
                                            new SittingId(person.theorySitting()),
                                            "替考，监控可证"));
            assertThat(rejected).isEqualTo(new ReviewOutcome.Done(1));
            assertThat(outcome(exam, person.theorySitting())).isEqualTo(SittingOutcome.REJECTED);
        }

        @Test
        void rejectingNeedsAReasonAndTheRightPerson() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, false);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 1.0);
            assertThat(reject(exam, exam.world.staff, person, " "))
                    .isEqualTo(new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_REASON_MISSING));
            assertThat(reject(exam, exam.world.school, person, ""))
                    .isEqualTo(new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_REASON_MISSING));
            assertThat(reject(exam, exam.world.otherBody, person, "reason"))
                    .isEqualTo(new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_NOT_ALLOWED));
        }

        /** Domain section 12: any level may reject, also the candidate's own school. */
        @Test
        void theCandidatesOwnSchoolMayReject() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, false);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 1.0);
            assertThat(reject(exam, exam.world.school, person, "替考，监控可证"))
                    .isEqualTo(new ReviewOutcome.Done(1));
            assertThat(outcome(exam, person.theorySitting())).isEqualTo(SittingOutcome.REJECTED);
        }

        private static ReviewOutcome reject(
                ScoredExam exam, StaffScope scope, Person person, String reason) {
            return exam.tx(
                    tx ->
                            exam.reviews.reject(
                                    tx,
                                    scope,
                                    exam.plan(tx),
                                    new SittingId(person.theorySitting()),
                                    reason));
        }

        @Test
        void aPlanMayPassSittingsWithoutIncident() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person quiet = exam.world.person("王小二", "");
            Person loud = exam.world.person("李四", "");
            exam.sit(quiet.theorySitting(), exam.theory, 1.0);
            RoomScript room = exam.sit(loud.theorySitting(), exam.theory, 1.0);
            assertThat(outcome(exam, loud.theorySitting())).isEqualTo(SittingOutcome.SCORED);
            // the incident's lane is slower than the answers'
            exam.apply(room.incident(Optional.of(loud.theorySitting())));
            assertThat(outcome(exam, quiet.theorySitting())).isEqualTo(SittingOutcome.SCORED);
            assertThat(outcome(exam, loud.theorySitting()))
                    .isEqualTo(SittingOutcome.PENDING_REVIEW);
            Map<Long, ReviewCase> cases = exam.tx(tx -> exam.reviews.ofPlan(tx, exam.plan(tx)));
            assertThat(cases.get(quiet.theorySitting()).automatic()).isTrue();
            assertThat(cases.get(loud.theorySitting()).incidents()).hasSize(1);
            exam.tx(
                    tx ->
                            exam.reviews.reopen(
                                    tx,
                                    exam.world.staff,
                                    exam.plan(tx),
                                    new SittingId(quiet.theorySitting()),
                                    "再看录像"));
            assertThat(outcome(exam, quiet.theorySitting()))
                    .isEqualTo(SittingOutcome.PENDING_REVIEW);
        }

        @Test
        void otherAnswersThanTheReceiptSaysHoldTheScoreUntilTheyArrive() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person person = exam.world.person("王小二", "");
            long sitting = person.theorySitting();
            RoomScript room =
                    new RoomScript(exam.world.tenant, "node-1")
                            .start(sitting, exam.theory.name())
                            .answer(sitting, "T-J01", "A")
                            .answer(sitting, "T-J04", "A")
                            .handIn(sitting);
            var facts = room.facts();
            facts.stream()
                    .filter(f -> f.seq() != 2 || !f.type().equals("answer-saved"))
                    .forEach(exam::apply);
            assertThat(outcome(exam, sitting)).isEqualTo(SittingOutcome.HELD);
            assertThat(alarms(exam, sitting))
                    .extracting(ScoreAlarm::kind)
                    .containsExactly(ScoreAlarm.Kind.ANSWERS_DIFFER);
            facts.forEach(exam::apply);
            assertThat(outcome(exam, sitting)).isEqualTo(SittingOutcome.SCORED);
            assertThat(alarms(exam, sitting)).allMatch(a -> a.settled().isPresent());
            assertThat(computed(exam, sitting).total()).isEqualByComparingTo("4");
        }

        @Test
        void anotherScoreOfTheNodeHoldsTheScoreUntilStaffSettleIt() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person person = exam.world.person("王小二", "");
            long sitting = person.theorySitting();
            exam.apply(
                    new RoomScript(exam.world.tenant, "node-1")
                            .start(sitting, exam.theory.name())
                            .answer(sitting, "T-J01", "A")
                            .handIn(sitting)
                            .provisional(sitting, "88", "88"));
            assertThat(outcome(exam, sitting)).isEqualTo(SittingOutcome.HELD);
            ScoreAlarm alarm = alarms(exam, sitting).getFirst();
            assertThat(alarm.kind()).isEqualTo(ScoreAlarm.Kind.SCORE_DIFFERS);
            assertThat(settle(exam, alarm, "")).isInstanceOf(MarkDecision.Refused.class);
            assertThat(settle(exam, alarm, "节点软件版本旧，已核对")).isEqualTo(new MarkDecision.Done());
            assertThat(AuditTrail.of(database(), exam.world.tenant))
                    .contains("CREATED score-alarm " + sitting);
            assertThat(outcome(exam, sitting)).isEqualTo(SittingOutcome.SCORED);
        }

        private static MarkDecision settle(ScoredExam exam, ScoreAlarm alarm, String reason) {
            return exam.tx(tx -> exam.marking.settle(tx, exam.world.staff, alarm, reason));
        }

        @Test
        void aPaperOfAnotherSubjectOrUnknownHoldsTheScore() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.practice, 1.0);
            assertThat(alarms(exam, person.theorySitting()))
                    .extracting(ScoreAlarm::kind)
                    .containsExactly(ScoreAlarm.Kind.PAPER_OF_OTHER_SUBJECT);
            exam.apply(
                    new RoomScript(exam.world.tenant, "node-77")
                            .start(person.practiceSitting(), "P999999")
                            .handIn(person.practiceSitting()));
            assertThat(alarms(exam, person.practiceSitting()))
                    .extracting(ScoreAlarm::kind)
                    .containsExactly(ScoreAlarm.Kind.PAPER_UNKNOWN);
            assertThat(outcome(exam, person.practiceSitting())).isEqualTo(SittingOutcome.HELD);
        }

        @Test
        void aTeachersMarkIsAddedAndTheLastOneCounts() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person person = exam.world.person("王小二", "");
            long sitting = person.theorySitting();
            exam.sit(sitting, exam.theory, 1.0);
            assertThat(give(exam, exam.world.school, sitting, "5"))
                    .isInstanceOf(MarkDecision.Refused.class);
            assertThat(give(exam, exam.world.staff, sitting, "12.5"))
                    .isEqualTo(new MarkDecision.Refused(MarkDecision.Code.MARK_RANGE));
            assertThat(give(exam, exam.world.staff, sitting, "-1"))
                    .isEqualTo(new MarkDecision.Refused(MarkDecision.Code.MARK_RANGE));
            assertThat(give(exam, exam.world.staff, sitting, "5"))
                    .isEqualTo(new MarkDecision.Done());
            assertThat(give(exam, exam.world.staff, sitting, "9.5"))
                    .isEqualTo(new MarkDecision.Done());
            assertThat(computed(exam, sitting).total()).isEqualByComparingTo("97.50");
            assertThat(
                            exam.<List<io.invigil.hub.marking.TextMark>>tx(
                                    tx ->
                                            exam.marking.texts(
                                                    tx, exam.world.tenant, new SittingId(sitting))))
                    .hasSize(2);
        }

        private static MarkDecision give(
                ScoredExam exam, StaffScope scope, long sitting, String mark) {
            return exam.tx(
                    tx ->
                            exam.marking.give(
                                    tx,
                                    scope,
                                    new SittingId(sitting),
                                    "T-ESSAY-1",
                                    new BigDecimal(mark)));
        }

        @Test
        void scoresAreEnteredInTheirWindowOnlyAndRepeatably() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person came = exam.world.person("王小二", "");
            Person absent = exam.world.person("李四", "");
            exam.sit(came.theorySitting(), exam.theory, 1.0);
            exam.apply(
                    new RoomScript(exam.world.tenant, "node-2")
                            .add(new RoomFact.MarkedAbsent(absent.theorySitting(), "未到")));
            exam.clock.set(Instant.parse("2026-11-19T00:00:00Z"));
            assertThat(exam.enter())
                    .isInstanceOfSatisfying(
                            ScoreDecision.Refused.class,
                            r -> {
                                assertThat(r.code())
                                        .isEqualTo(ScoreDecision.Code.SCORE_WINDOW_CLOSED);
                                assertThat(r.window()).isPresent();
                            });
            exam.clock.set(Instant.parse("2026-11-21T00:00:00Z"));
            ScoreDecision.Entered entered = (ScoreDecision.Entered) exam.enter();
            assertThat(entered.outcomes())
                    .isEqualTo(
                            Map.of(
                                    SittingOutcome.SCORED, 1,
                                    SittingOutcome.ABSENT, 1,
                                    SittingOutcome.NOT_ARRIVED, 2));
            assertThat(exam.enter()).isEqualTo(entered);
            give(exam, exam.world.staff, came.theorySitting(), "10");
            exam.enter();
            assertThat(entered(exam, came.theorySitting())).isEqualByComparingTo("98");
            exam.clock.set(Instant.parse("2026-11-26T00:00:00Z"));
            assertThat(exam.enter()).isInstanceOf(ScoreDecision.Refused.class);
        }

        @Test
        void aCorrectionNeedsAReasonAndASecondPersonAndEndsWithTheLock() {
            ScoredExam exam = exam(PassRule.ALL_SUBJECTS, true);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 0.5);
            exam.clock.set(Instant.parse("2026-11-21T00:00:00Z"));
            exam.enter();
            exam.clock.set(Instant.parse("2026-11-27T00:00:00Z"));
            assertThat(code(exam.propose(exam.world.staff, person.theorySitting(), "101", "x")))
                    .isEqualTo(ScoreDecision.Code.SCORE_RANGE);
            assertThat(code(exam.propose(exam.world.staff, person.theorySitting(), "90", " ")))
                    .isEqualTo(ScoreDecision.Code.SCORE_REASON_MISSING);
            assertThat(code(exam.propose(exam.world.school, person.theorySitting(), "90", "x")))
                    .isEqualTo(ScoreDecision.Code.SCORE_NOT_ALLOWED);
            assertThat(exam.propose(exam.world.staff, person.theorySitting(), "90", "第12题答案有误"))
                    .isInstanceOf(ScoreDecision.Corrected.class);
            assertThat(code(exam.propose(exam.world.staff, person.theorySitting(), "91", "x")))
                    .isEqualTo(ScoreDecision.Code.SCORE_CORRECTION_OPEN);
            assertThat(code(exam.decide(exam.world.staff, person.theorySitting(), 1, true)))
                    .isEqualTo(ScoreDecision.Code.SCORE_SAME_PERSON);
            BigDecimal before = entered(exam, person.theorySitting());
            assertThat(exam.decide(exam.world.second, person.theorySitting(), 1, true))
                    .isInstanceOfSatisfying(
                            ScoreDecision.Corrected.class,
                            c -> assertThat(c.correction().before()).isEqualByComparingTo(before));
            assertThat(entered(exam, person.theorySitting())).isEqualByComparingTo("90");
            exam.clock.set(Instant.parse("2026-11-28T16:00:00Z"));
            assertThat(code(exam.propose(exam.world.staff, person.theorySitting(), "95", "x")))
                    .isEqualTo(ScoreDecision.Code.SCORE_LOCKED);
        }

        private static ScoreDecision.Code code(ScoreDecision decision) {
            return ((ScoreDecision.Refused) decision).code();
        }

        @Test
        void bothPassRulesDecideFromEnteredScores() {
            for (PassRule rule : PassRule.values()) {
                ScoredExam exam = exam(rule, true);
                Person person = exam.world.person("王小二", "");
                exam.sit(person.theorySitting(), exam.theory, 0.5);
                exam.clock.set(Instant.parse("2026-11-21T00:00:00Z"));
                exam.enter();
                assertThat(result(exam).state()).isEqualTo(CertificateResult.State.WAITING);
                exam.sit(person.practiceSitting(), exam.practice, 1.0);
                exam.enter();
                CertificateResult result = result(exam);
                BigDecimal theory = result.lines().getFirst().score();
                assertThat(theory).isLessThan(new BigDecimal("60"));
                if (rule == PassRule.ALL_SUBJECTS) {
                    assertThat(result.state()).isEqualTo(CertificateResult.State.NOT_PASSED);
                } else {
                    assertThat(result.total())
                            .isEqualByComparingTo(
                                    theory.multiply(new BigDecimal("0.4"))
                                            .add(new BigDecimal("48")));
                    assertThat(result.state()).isEqualTo(CertificateResult.State.PASSED);
                }
            }
        }

        private static CertificateResult result(ScoredExam exam) {
            List<CertificateResult> results = exam.tx(tx -> exam.results.ofPlan(tx, exam.plan(tx)));
            return results.getFirst();
        }

        private static BigDecimal entered(ScoredExam exam, long sitting) {
            Optional<SubjectScore> score =
                    exam.tx(tx -> exam.scores.find(tx, exam.world.tenant, new SittingId(sitting)));
            return score.orElseThrow().score();
        }

        private static List<ScoreAlarm> alarms(ScoredExam exam, long sitting) {
            return exam.tx(
                    tx -> exam.marking.alarms(tx, exam.world.tenant, new SittingId(sitting)));
        }

        private static ComputedScore computed(ScoredExam exam, long sitting) {
            List<ComputedScore> scores = exam.tx(tx -> exam.scores.compute(tx, exam.plan(tx)));
            return scores.stream()
                    .filter(s -> s.sitting().id().value() == sitting)
                    .findFirst()
                    .orElseThrow();
        }

        private static SittingOutcome outcome(ScoredExam exam, long sitting) {
            return computed(exam, sitting).outcome();
        }
    }
}
