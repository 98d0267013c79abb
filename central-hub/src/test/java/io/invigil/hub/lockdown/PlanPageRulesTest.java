package io.invigil.hub.lockdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.PageRules;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain, section 11: focus loss and lockdown are data of the plan. */
class PlanPageRulesTest {
    private static final PageRules STRICT =
            new PageRules(
                    PageRules.Leaving.USES_ATTEMPT,
                    3,
                    true,
                    false,
                    true,
                    java.util.Collections.nCopies(1, "0f".repeat(32)));

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
        private final PlanPageRules rules = new PlanPageRules();
        private final TestClock clock = TestClock.examMorning();

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", PlanPageRules.class));
        }

        private PageRules of(ScoringWorld world) {
            Plan plan = plan(world);
            return world.inTx(tx -> rules.of(tx, plan));
        }

        private static Plan plan(ScoringWorld world) {
            return world.inTx(tx -> world.plans.find(tx, world.tenant, world.plan).orElseThrow());
        }

        private PlanPageRules.Decision save(
                ScoringWorld world, StaffScope scope, PageRules wanted) {
            Plan plan = plan(world);
            return world.inTx(tx -> rules.save(tx, scope, plan, wanted, clock));
        }

        @Test
        void aPlanThatSaysNothingRecordsLeavingAsItsPolicySays() {
            ScoringWorld world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            boolean records = plan(world).policy().recordFocusLoss();
            assertThat(of(world)).isEqualTo(records ? PageRules.RECORDED : PageRules.NONE);
        }

        @Test
        void theBodyChangesThemAndNobodyElse() {
            ScoringWorld world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            var refused =
                    new PlanPageRules.Decision.Refused(PlanPageRules.Code.PAGE_RULES_NOT_ALLOWED);
            assertThat(save(world, world.school, STRICT)).isEqualTo(refused);
            assertThat(save(world, world.otherBody, STRICT)).isEqualTo(refused);
            assertThat(save(world, world.staff, STRICT))
                    .isEqualTo(new PlanPageRules.Decision.Saved());
            assertThat(of(world)).isEqualTo(STRICT);
            save(world, world.staff, PageRules.NONE);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .filteredOn(entry -> entry.startsWith("CHANGED page-rules "))
                    .hasSize(2);
            assertThat(of(world)).isEqualTo(PageRules.NONE);
        }

        @Test
        void afterTheExamTheyStay() {
            ScoringWorld world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            clock.advance(Duration.ofDays(4_000));
            assertThat(save(world, world.staff, STRICT))
                    .isEqualTo(
                            new PlanPageRules.Decision.Refused(
                                    PlanPageRules.Code.PAGE_RULES_EXAM_OVER));
        }

        @Test
        void asManyKeysAsAllowedFitIntoARow() {
            ScoringWorld world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            List<String> keys =
                    java.util.stream.IntStream.range(0, PageRules.KEYS_MAX)
                            .mapToObj(n -> "%064x".formatted(n))
                            .toList();
            PageRules many = new PageRules(PageRules.Leaving.RECORDED, 0, false, true, true, keys);
            save(world, world.staff, many);
            assertThat(of(world)).isEqualTo(many);
        }
    }
}
