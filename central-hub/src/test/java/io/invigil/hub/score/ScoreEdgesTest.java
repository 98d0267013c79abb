package io.invigil.hub.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.PlanWindows;
import io.invigil.hub.plan.Window;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The windows of scores at the instants before, at and after their edges: domain section 2; source
 * 002 section 11 (成绩登记时间范围内…成绩公示期…若超过公示期没异议，则成绩会永久锁定).
 */
class ScoreEdgesTest {
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
        private PlanWindows windows;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Scores.class));
        }

        @BeforeEach
        void onePersonSat() {
            exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, true);
            person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 0.5);
            windows = exam.tx(exam::plan).windows();
        }

        @Test
        void scoresAreEnteredFromTheFirstInstantOfTheirWindowToTheLast() {
            Window window = windows.score();
            assertThat(entering(window.from().minusMillis(1))).isEqualTo("SCORE_WINDOW_CLOSED");
            assertThat(entering(window.from())).isEmpty();
            assertThat(entering(window.to().minusMillis(1))).isEmpty();
            assertThat(entering(window.to())).isEqualTo("SCORE_WINDOW_CLOSED");
        }

        private String entering(Instant at) {
            exam.clock.set(at);
            return code(exam.enter());
        }

        private static String code(ScoreDecision decision) {
            return decision instanceof ScoreDecision.Refused refused ? refused.code().name() : "";
        }

        @Test
        void candidatesSeeScoresFromTheFirstInstantOfPublicityOn() {
            enter();
            assertThat(isShown(windows.publicity().from().minusMillis(1))).isFalse();
            assertThat(isShown(windows.publicity().from())).isTrue();
            assertThat(isShown(windows.publicity().to().minusMillis(1))).isTrue();
            assertThat(isShown(windows.publicity().to())).isTrue();
        }

        private void enter() {
            exam.clock.set(windows.score().from());
            assertThat(exam.enter()).isInstanceOf(ScoreDecision.Entered.class);
        }

        private boolean isShown(Instant at) {
            exam.clock.set(at);
            var early = new EarlyResults(exam.scores, exam.marking);
            var query = new ScoreQuery(exam.clock, exam.world.plans, early);
            return exam.tx(
                            tx ->
                                    query.ask(
                                            tx,
                                            exam.world.tenant,
                                            person.admission(),
                                            person.idNumber()))
                    instanceof ScoreQuery.Answer.Found;
        }

        @Test
        void scoresAreCorrectedUntilTheLastInstantOfPublicityAndLockedAfterIt() {
            enter();
            Instant last = windows.publicity().to().minusMillis(1);
            exam.clock.set(last);
            assertThat(propose("90")).isEmpty();
            assertThat(code(exam.decide(exam.world.second, person.theorySitting(), 1, true)))
                    .isEmpty();
            exam.clock.set(last.plusMillis(1));
            assertThat(propose("91")).isEqualTo("SCORE_LOCKED");
        }

        private String propose(String score) {
            return code(exam.propose(exam.world.staff, person.theorySitting(), score, "第12题答案有误"));
        }
    }
}
