package io.invigil.hub.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.plan.Window;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * States and removal of registrations at the edges of their windows: domain section 5; source 002
 * section 7 (超过或未到均不能进行报考和删除报考操作), source 004 section 5.2.6 (状态流转).
 */
class RegistrationEdgesTest {
    @Test
    void aRegistrationWaitsSitsAndEndsWithItsSlotToTheInstant() {
        Instant from = Instant.parse("2026-11-23T01:00:00Z");
        Instant to = Instant.parse("2026-11-23T03:00:00Z");
        Optional<Window> slot = Optional.of(new Window(from, to));
        assertThat(RegistrationState.of(Optional.empty(), from))
                .isEqualTo(RegistrationState.NOT_ARRANGED);
        assertThat(RegistrationState.of(slot, from.minusMillis(1)))
                .isEqualTo(RegistrationState.WAITING);
        assertThat(RegistrationState.of(slot, from)).isEqualTo(RegistrationState.IN_PROGRESS);
        assertThat(RegistrationState.of(slot, to.minusMillis(1)))
                .isEqualTo(RegistrationState.IN_PROGRESS);
        assertThat(RegistrationState.of(slot, to)).isEqualTo(RegistrationState.FINISHED);
    }

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
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @Test
        void registrationsAreRemovedFromTheFirstInstantOfRegistrationToTheLast() {
            HubWorld world = new HubWorld(database());
            Plan plan = world.plan("K5", RegistrationMode.BY_SUBJECT, PlanOptions.standard());
            LevelId level = world.level(plan, List.of());
            SubjectId subject = world.subject(plan, level, "S1");
            var registrations = new SubjectRegistrations(world.clock, BanCheck.none());
            List<Wish> wishes =
                    world.candidates(world.clerk, 0, 2).stream()
                            .map(one -> new Wish(one, subject, ""))
                            .toList();
            database()
                    .useTransaction(
                            tx -> registrations.register(tx, world.clerk, plan, level, wishes));
            List<SittingId> sittings =
                    database()
                            .inTransaction(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()))
                            .stream()
                            .map(Sitting::id)
                            .toList();
            assertThat(sittings).hasSize(2);
            Window window = plan.windows().registration();
            assertThat(removed(world, plan, sittings.get(0), window.from().minusMillis(1)))
                    .isFalse();
            assertThat(removed(world, plan, sittings.get(0), window.to())).isFalse();
            assertThat(removed(world, plan, sittings.get(0), window.from())).isTrue();
            assertThat(removed(world, plan, sittings.get(1), window.to().minusMillis(1))).isTrue();
        }

        private boolean removed(HubWorld world, Plan plan, SittingId sitting, Instant at) {
            world.clock.set(at);
            var removal = new RegistrationRemoval(world.clock, (tx, tenant, any) -> Map.of());
            SubjectDecision decision =
                    database()
                            .inTransaction(
                                    tx -> removal.remove(tx, world.clerk, plan, List.of(sitting)));
            if (decision instanceof SubjectDecision.Refused refused) {
                assertThat(refused.issues().getFirst().code()).isEqualTo("REG_WINDOW_CLOSED");
                return false;
            }
            return ((SubjectDecision.Carried) decision).refused().isEmpty();
        }
    }
}
