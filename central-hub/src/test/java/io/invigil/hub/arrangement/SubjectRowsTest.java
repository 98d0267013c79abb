package io.invigil.hub.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Source 004 section 5.2.8.1 (考点编排): the states of a subject and the export's columns. */
class SubjectRowsTest {

    @Test
    void theExportHasTheColumnsOfTheSource() {
        assertThat(String.join(", ", SubjectRows.sheet().headers()))
                .isEqualTo("考试计划, 科目编号, 科目名称, 考试证书, 考试方式, 报考人数, 考试时段, 已排考考位个数, 已排考人数");
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
        private HubWorld world;
        private Plan plan;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        /** Two of the first school and one of the other, for one subject. */
        @BeforeEach
        void register() {
            world = new HubWorld(database());
            plan = world.planOfBoth("K" + world.tenant);
            LevelId level = world.level(plan, List.of());
            world.slot(plan, 9, 2, Set.of(world.subject(plan, level, "S1")));
            world.room(plan, world.site(), level, "107室", 10);
            register(world.clerk, level, world.candidates(world.clerk, 0, 2));
            register(world.otherClerk, level, world.candidates(world.otherClerk, 2, 1));
        }

        private void register(StaffScope school, LevelId level, List<CandidateId> people) {
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            tx(tx -> registrations.register(tx, school, plan, level, people));
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private SubjectRows.Row row(StaffScope who, Instant now) {
            List<SubjectRows.Row> rows = tx(tx -> new SubjectRows().of(tx, who, plan, now));
            assertThat(rows).hasSize(1);
            return rows.getFirst();
        }

        private void arrange(Arrangements.SiteChoice choice) {
            Arrangements arrangements =
                    new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none());
            tx(tx -> arrangements.arrange(tx, world.body, plan, choice, 5));
        }

        @Test
        void theStateFollowsTheArrangementWindowToTheInstantAndWhoIsSeated() {
            Window window = plan.windows().arrangement();
            assertThat(row(world.body, window.from().minusMillis(1)).stage())
                    .isEqualTo(SubjectStage.NOT_OPEN);
            assertThat(row(world.body, window.from()).stage()).isEqualTo(SubjectStage.NOT_ARRANGED);
            arrange(Arrangements.SiteChoice.ALL_SITES);
            assertThat(row(world.body, window.to().minusMillis(1)).stage())
                    .isEqualTo(SubjectStage.ARRANGED);
            assertThat(row(world.body, window.to()).stage()).isEqualTo(SubjectStage.CLOSED);
        }

        @Test
        void theBodyCountsEverybodyAndASchoolItsOwnCandidates() {
            arrange(Arrangements.SiteChoice.ALL_SITES);
            SubjectRows.Row all = row(world.body, HubWorld.NOW);
            assertThat(all.registered()).isEqualTo(3);
            assertThat(all.arranged()).isEqualTo(3);
            assertThat(all.seats()).isEqualTo(3);
            assertThat(all.times()).containsExactly("2026-11-23 09:00-11:00");
            assertThat(row(world.clerk, HubWorld.NOW).registered()).isEqualTo(2);
            assertThat(row(world.otherClerk, HubWorld.NOW).arranged()).isEqualTo(1);
        }
    }
}
