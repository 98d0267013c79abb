package io.invigil.hub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.testkit.StoreContract;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Issue 4 part 2, domain section 2: a plan is copied for the next exam. */
class PlanCopiesTest {
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
        private static final LocalDate LATER = HubWorld.DAY.plusDays(100);

        private HubWorld world;
        private Plan plan;
        private SubjectId nursing;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            plan = world.plan("K1", RegistrationMode.BY_SUBJECT, new PlanOptions(true, false));
            LevelId level = world.level(plan, List.of("护理"));
            SubjectId common = world.subject(plan, level, "S1");
            nursing = world.subjectFor(plan, level, "S2", "护理方向");
            world.slot(plan, 9, 2, Set.of(common, nursing));
        }

        private PlanDecision copy(StaffScope scope, String number, Optional<LocalDate> first) {
            return database()
                    .inTransaction(
                            tx -> new PlanCopies().copy(tx, scope, plan, number, "下一次考试", first));
        }

        @Test
        void settingsContentAndSlotsComeAlongMovedByTheSameDays() {
            PlanDecision.Saved saved =
                    (PlanDecision.Saved) copy(world.body, "K2", Optional.of(LATER));
            database()
                    .useTransaction(
                            tx -> {
                                Plan made =
                                        new Plans()
                                                .find(tx, world.tenant, saved.plan())
                                                .orElseThrow();
                                assertThat(made.registrationMode())
                                        .isEqualTo(RegistrationMode.BY_SUBJECT);
                                assertThat(made.options()).isEqualTo(plan.options());
                                assertThat(made.schools()).isEqualTo(plan.schools());
                                for (PlanStage stage : PlanStage.values()) {
                                    assertThat(made.windows().of(stage).firstDay(made.zone()))
                                            .isEqualTo(
                                                    plan.windows()
                                                            .of(stage)
                                                            .firstDay(plan.zone())
                                                            .plusDays(100));
                                }
                                PlanContent content = new PlanContent();
                                List<Subject> subjects =
                                        content.subjects(tx, world.tenant, made.id());
                                assertThat(subjects)
                                        .extracting(Subject::targetType)
                                        .containsExactlyInAnyOrder("所有考生", "护理方向");
                                assertThat(subjects)
                                        .extracting(Subject::id)
                                        .doesNotContain(nursing);
                                assertThat(content.levels(tx, world.tenant, made.id()))
                                        .singleElement()
                                        .extracting(CertificateLevel::majors)
                                        .isEqualTo(List.of("护理"));
                                Slot before = content.slots(tx, world.tenant, plan.id()).get(0);
                                Slot after = content.slots(tx, world.tenant, made.id()).get(0);
                                assertThat(
                                                Duration.between(
                                                        before.time().from(), after.time().from()))
                                        .isEqualTo(Duration.ofDays(100));
                                assertThat(after.subjects()).hasSize(2);
                            });
        }

        @Test
        void theRulesOfEnteringAPlanHoldForTheCopy() {
            assertThat(codes(copy(world.body, "K1", Optional.of(LATER))))
                    .containsExactly("PLAN_NUMBER_TAKEN");
            assertThat(codes(copy(world.body, "K2", Optional.empty())))
                    .containsExactly("PLAN_DATE_MISSING");
            assertThat(codes(copy(world.clerk, "K2", Optional.of(LATER))))
                    .containsExactly("PLAN_NOT_ALLOWED");
        }

        private static List<String> codes(PlanDecision decision) {
            return ((PlanDecision.Refused) decision)
                    .issues().stream().map(FieldIssue::code).toList();
        }
    }
}
