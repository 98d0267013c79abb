package io.invigil.hub.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.room.AttemptKey;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.score.EarlyResults.State;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * When a candidate sees a result (domain, section 11): never, at once and marked 未审核 (source 001,
 * part four, 6), after marking and review (source 000, step 5 and part Ⅲ), at publicity (domain,
 * section 14).
 */
class EarlyResultsTest {
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
        private static final Instant IN_PUBLICITY = Instant.parse("2026-11-27T01:00:00Z");
        private ScoredExam exam;
        private Person person;
        private long first;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Scores.class));
        }

        private void sat(ResultVisibility visibility) {
            planned(visibility);
            exam.sit(first, exam.theory, 0.5);
        }

        private void planned(ResultVisibility visibility) {
            AttemptRules two = new AttemptRules(2, AttemptRules.Counting.HIGHEST);
            exam =
                    new ScoredExam(
                            database(),
                            PassRule.ALL_SUBJECTS,
                            ScoringWorld.policy(false, two, visibility));
            person = exam.world.person("王小二", "");
            first = person.theorySitting();
        }

        private ScoreQuery.Answer ask(String idNumber) {
            var early = new EarlyResults(exam.scores, exam.marking);
            var query = new ScoreQuery(exam.clock, exam.world.plans, early);
            return exam.tx(tx -> query.ask(tx, exam.world.tenant, person.admission(), idNumber));
        }

        private EarlyResults.Line theory() {
            ScoreQuery.Answer answer = ask(person.idNumber());
            assertThat(answer).isInstanceOf(ScoreQuery.Answer.Early.class);
            return ((ScoreQuery.Answer.Early) answer).lines().getFirst();
        }

        @Test
        void atPublicityMeansNothingBeforeIt() {
            sat(ResultVisibility.AT_PUBLICITY);
            exam.pass(first);
            assertThat(ask(person.idNumber())).isInstanceOf(ScoreQuery.Answer.NotFound.class);
            exam.clock.set(IN_PUBLICITY);
            assertThat(ask(person.idNumber())).isInstanceOf(ScoreQuery.Answer.Found.class);
        }

        @Test
        void neverMeansNotEvenAtPublicity() {
            sat(ResultVisibility.NEVER);
            exam.pass(first);
            exam.clock.set(IN_PUBLICITY);
            assertThat(ask(person.idNumber())).isInstanceOf(ScoreQuery.Answer.NotFound.class);
        }

        @Test
        void afterReviewShowsNothingUntilTheSittingIsMarkedAndPassed() {
            sat(ResultVisibility.AFTER_REVIEW);
            assertThat(theory().state()).isEqualTo(State.WAITING);
            assertThat(theory().shown()).isFalse();
            exam.pass(first);
            assertThat(theory().state()).isEqualTo(State.REVIEWED);
            assertThat(theory().maximum()).isEqualByComparingTo("100");
            exam.clock.set(IN_PUBLICITY);
            assertThat(ask(person.idNumber())).isInstanceOf(ScoreQuery.Answer.Found.class);
        }

        @Test
        void whoHasNotSatIsNotToldThatSomebodyIsMarking() {
            planned(ResultVisibility.AFTER_REVIEW);
            assertThat(theory().state()).isEqualTo(State.NOT_ARRIVED);
            assertThat(theory().shown()).isFalse();
        }

        @Test
        void atOnceShowsTheHigherObjectivePartAsNotReviewed() {
            sat(ResultVisibility.PROVISIONAL_AT_HAND_IN);
            EarlyResults.Line once = theory();
            assertThat(once.state()).isEqualTo(State.UNREVIEWED);
            exam.sit(new AttemptKey(first, 2).value(), exam.theory, 1.0);
            assertThat(theory().score()).as("取最高分").isGreaterThan(once.score());
            assertThat(theory().state()).isEqualTo(State.UNREVIEWED);
        }

        @Test
        void aWrongIdNumberAndAPlanThatShowsNothingLookAlike() {
            sat(ResultVisibility.PROVISIONAL_AT_HAND_IN);
            assertThat(ask("370602200501010000")).isEqualTo(new ScoreQuery.Answer.NotFound());
        }

        /** What is worked out for one sitting is what is worked out for the plan. */
        @Test
        void oneSittingIsWorkedOutAsThePlanIs() {
            sat(ResultVisibility.AFTER_REVIEW);
            exam.pass(first);
            for (ComputedScore whole : exam.tx(tx -> exam.scores.compute(tx, exam.plan(tx)))) {
                ComputedScore one =
                        exam.tx(tx -> exam.scores.compute(tx, exam.plan(tx), whole.sitting()));
                assertThat(one).usingRecursiveComparison().isEqualTo(whole);
            }
        }
    }
}
