package io.invigil.hub.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttemptRules.Counting;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.marking.ObjectiveMark;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewCase;
import io.invigil.hub.review.ReviewState;
import io.invigil.testkit.StoreContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Which attempt counts (domain, section 11; source 001, part four, 5: 每门课程有2次考试机会，取最高分计入综合测验成绩),
 * and that only one that passed review does (source 000, part Ⅲ).
 */
class CountingAttemptTest {
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
        private ScoredExam exam;
        private Person person;
        private long first;
        private long second;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Scores.class));
        }

        /** The first attempt was good, the second poor. */
        private void sitTwice(Counting counting) {
            var policy = ScoringWorld.policy(false, new AttemptRules(2, counting));
            exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, policy);
            person = exam.world.person("王小二", "");
            first = person.theorySitting();
            second = new AttemptKey(first, 2).value();
            exam.sit(first, exam.theory, 1.0);
            exam.sit(second, exam.theory, 0.5);
        }

        private ComputedScore computed() {
            return exam.tx(tx -> exam.scores.compute(tx, exam.plan(tx))).stream()
                    .filter(score -> score.sitting().id().value() == first)
                    .findFirst()
                    .orElseThrow();
        }

        private void reject(long attempt) {
            exam.tx(
                    tx ->
                            exam.reviews.reject(
                                    tx,
                                    exam.world.staff,
                                    exam.plan(tx),
                                    new SittingId(attempt),
                                    "替考，监控可证"));
        }

        @Test
        void theHighestCountsOnceEveryAttemptIsReviewed() {
            sitTwice(Counting.HIGHEST);
            exam.pass(first);
            assertThat(computed().outcome())
                    .as("the other attempt may yet be the higher one")
                    .isEqualTo(SittingOutcome.PENDING_REVIEW);
            exam.pass(second);
            ComputedScore score = computed();
            assertThat(score.outcome()).isEqualTo(SittingOutcome.SCORED);
            assertThat(score.attempt().value()).isEqualTo(first);
            assertThat(score.total()).isEqualByComparingTo("88.00");
            exam.clock.set(java.time.Instant.parse("2026-11-21T01:00:00Z"));
            exam.enter();
            assertThat(
                            exam.tx(
                                            tx ->
                                                    exam.scores.find(
                                                            tx,
                                                            exam.world.tenant,
                                                            new SittingId(first)))
                                    .orElseThrow()
                                    .score())
                    .as("one score for the sitting")
                    .isEqualByComparingTo("88.00");
        }

        @Test
        void aRejectedAttemptNeverBeatsOneThatPassed() {
            sitTwice(Counting.HIGHEST);
            exam.pass(second);
            reject(first);
            assertThat(computed().outcome()).isEqualTo(SittingOutcome.SCORED);
            assertThat(computed().attempt().value()).isEqualTo(second);
            assertThat(computed().total()).isLessThan(new java.math.BigDecimal("88"));
            reject(second);
            assertThat(computed().outcome()).isEqualTo(SittingOutcome.REJECTED);
        }

        @Test
        void whereTheLastCountsTheFirstIsNotWaitedFor() {
            sitTwice(Counting.LAST);
            exam.pass(second);
            assertThat(computed().attempt().value()).isEqualTo(second);
            assertThat(computed().outcome()).isEqualTo(SittingOutcome.SCORED);
        }

        @Test
        void whereTheFirstCountsALaterOneChangesNothing() {
            sitTwice(Counting.FIRST);
            exam.pass(first);
            reject(second);
            assertThat(computed().attempt().value()).isEqualTo(first);
            assertThat(computed().total()).isEqualByComparingTo("88.00");
        }

        /** Opened and never begun is no attempt; absent is said by the first. */
        @Test
        void anAttemptThatWasOpenedAndNotBegunIsNone() {
            var two = ScoringWorld.policy(true, new AttemptRules(2, Counting.LAST));
            exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, two);
            person = exam.world.person("王小二", "");
            first = person.theorySitting();
            RoomScript room = exam.sit(first, exam.theory, 1.0);
            exam.apply(room.add(new RoomFact.AttemptOpened(new AttemptKey(first, 2).value())));
            assertThat(computed().attempt().value()).isEqualTo(first);
            assertThat(computed().outcome()).isEqualTo(SittingOutcome.SCORED);
            Person away = exam.world.person("李四", "");
            first = away.theorySitting();
            exam.apply(
                    new RoomScript(exam.world.tenant, "node-x")
                            .add(new RoomFact.MarkedAbsent(first, "missed the slot")));
            assertThat(computed().outcome()).isEqualTo(SittingOutcome.ABSENT);
        }

        /** Answers, marks, alarms and reviews of one attempt are never another's. */
        @Test
        void everyAttemptIsMarkedAndReviewedByItself() {
            sitTwice(Counting.HIGHEST);
            exam.pass(first);
            Map<Long, ReviewCase> cases = exam.tx(tx -> exam.reviews.ofPlan(tx, exam.plan(tx)));
            assertThat(cases.get(first).state()).isEqualTo(ReviewState.PASSED);
            assertThat(cases.get(second).state()).isEqualTo(ReviewState.PENDING);
            assertThat(cases.get(second).sitting().id().value()).isEqualTo(first);
            assertThat(cases.get(first).alarms()).isEmpty();
            assertThat(cases.get(second).alarms()).isEmpty();
            Map<Long, ObjectiveMark> marks =
                    exam.tx(
                            tx ->
                                    exam.marking.objectiveOfPlan(
                                            tx, exam.world.tenant, exam.world.plan));
            assertThat(marks).containsOnlyKeys(first, second);
        }
    }
}
