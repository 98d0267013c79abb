package io.invigil.hub.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Source 004 section 5.2.8.3 (排考明细): who sees which sittings, filters, the export's cells. */
class SittingRowsTest {
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
        private SubjectId theory;
        private SubjectId practice;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        /** Two of the first school and one of the other, two subjects, all at the first's site. */
        @BeforeEach
        void arrange() {
            world = new HubWorld(database());
            plan = world.planOfBoth("K" + world.tenant);
            LevelId level = world.level(plan, List.of());
            theory = world.subject(plan, level, "S1");
            practice = world.subject(plan, level, "S2");
            world.slot(plan, 9, 2, Set.of(theory));
            world.slot(plan, 13, 2, Set.of(practice));
            world.room(plan, world.site(), level, "107室", 10);
            register(world.clerk, level, world.candidates(world.clerk, 0, 2));
            register(world.otherClerk, level, world.candidates(world.otherClerk, 2, 1));
            Arrangements arrangements =
                    new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none());
            ArrangementDecision done =
                    tx(
                            tx ->
                                    arrangements.arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.ALL_SITES,
                                            5));
            assertThat(done).isInstanceOf(ArrangementDecision.Done.class);
        }

        private void register(StaffScope school, LevelId level, List<CandidateId> people) {
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            tx(tx -> registrations.register(tx, school, plan, level, people));
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private List<SittingRows.Row> rows(StaffScope who, Map<String, String> filter) {
            ListQuery query = new ListQuery(filter, 0, List.of());
            return tx(tx -> new SittingRows().of(tx, who, plan, query));
        }

        private List<SittingRows.Row> rows(StaffScope who) {
            return rows(who, Map.of());
        }

        @Test
        void theBodySeesEverySittingByTimeRoomAndSeat() {
            List<SittingRows.Row> all = rows(world.body);
            assertThat(all).hasSize(6);
            assertThat(all.subList(0, 3)).allMatch(row -> row.time().contains("09:00~11:00"));
            assertThat(all.subList(0, 3)).extracting(row -> row.seating().seat()).isSorted();
        }

        @Test
        void aSchoolSeesItsOwnCandidatesWhereverTheySit() {
            assertThat(rows(world.clerk))
                    .hasSize(4)
                    .allMatch(row -> row.one().school().name().equals("第一职业学院"));
            assertThat(rows(world.otherClerk))
                    .hasSize(2)
                    .allMatch(row -> row.site().school().equals(world.clerk.organisation().id()));
        }

        /** Domain section 7: a school sees room arrangement only for subjects that are 已排完. */
        @Test
        void aSchoolSeesASubjectOnlyOnceAllItsCandidatesHaveSeats() {
            SittingRows.Row lost =
                    rows(world.otherClerk, Map.of("subject", theory.toString())).getFirst();
            database()
                    .useTransaction(
                            tx ->
                                    new ArrangementStore()
                                            .unseat(
                                                    tx,
                                                    world.tenant,
                                                    List.of(lost.one().sitting().id())));
            assertThat(rows(world.clerk))
                    .extracting(row -> row.one().subject().id())
                    .containsOnly(practice);
            assertThat(rows(world.body)).hasSize(5);
        }

        @Test
        void theFilterAsksForSubjectSlotSchoolAndName() {
            SittingRows.Row one = rows(world.body).getFirst();
            assertThat(rows(world.body, Map.of("subject", practice.toString()))).hasSize(3);
            assertThat(rows(world.body, Map.of("slot", one.slot().id().toString()))).hasSize(3);
            String school = world.otherClerk.organisation().id().toString();
            assertThat(rows(world.body, Map.of("school", school))).hasSize(2);
            String number = one.seating().admissionNumber();
            assertThat(rows(world.body, Map.of("q", number)))
                    .hasSize(2)
                    .allMatch(row -> row.seating().admissionNumber().equals(number));
            assertThat(rows(world.body, Map.of("site", "999999"))).isEmpty();
        }

        @Test
        void theExportNamesPlaceAndTimeAndMasksIdNumbersForOthers() {
            SittingRows.Row one = rows(world.clerk).getFirst();
            String id = one.one().candidate().idNumber();
            List<String> own = SittingRows.sheet(true).cells(List.of(one)).getFirst();
            assertThat(own)
                    .startsWith("1", "2026年11月考试计划", one.one().candidate().name())
                    .contains(id, one.seating().admissionNumber(), "科目S1", "机考")
                    .endsWith(
                            "2026-11-23 09:00~11:00",
                            "第一职业学院网店运营考核站点",
                            "107室",
                            "" + one.seating().seat());
            assertThat(SittingRows.sheet(false).cells(List.of(one)).getFirst())
                    .hasSameSizeAs(own)
                    .doesNotContain(id);
        }
    }
}
