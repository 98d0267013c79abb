package io.invigil.hub.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Source 004 section 5.2.8.2 (考场编排): whose rooms are listed, filters, the export's cells. */
class RoomRowsTest {

    @Test
    void theExportHasTheColumnsOfTheSource() {
        assertThat(String.join(", ", RoomRows.sheet().headers()))
                .isEqualTo(
                        "考试计划, 考场名称, 所属院校, 所在地区, 考核站点, 考试单位, 考试证书, 考试科目, 考试时间, 排考人数, "
                                + "监考人员姓名(编号), 监考人员姓名(编号), 监考人员所在区域(院校)");
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
        private static final Qualification.Need NEED = new Qualification.Need("C100", "初级");

        private HubWorld world;
        private Plan plan;
        private LevelId level;
        private SubjectId theory;
        private Assignments assignments;
        private Proctors proctors;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        /** A room of the first school in two slots; the other school's candidate sits there too. */
        @BeforeEach
        void arrange() {
            world = new HubWorld(database());
            plan = world.planOfBoth("K" + world.tenant);
            level = world.level(plan, List.of());
            theory = world.subject(plan, level, "S1");
            world.slot(plan, 9, 2, Set.of(theory));
            world.slot(plan, 13, 2, Set.of(world.subject(plan, level, "S2")));
            world.room(plan, world.site(), level, "107室", 10);
            register(world.clerk, world.candidates(world.clerk, 0, 2));
            register(world.otherClerk, world.candidates(world.otherClerk, 2, 1));
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
            proctors = new Proctors(world.clock);
            assignments = new Assignments(world.clock, proctors);
        }

        private void register(StaffScope school, List<CandidateId> people) {
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            tx(tx -> registrations.register(tx, school, plan, level, people));
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private List<RoomRows.Row> rows(StaffScope who, Map<String, String> filter) {
            ListQuery query = new ListQuery(filter, 0, List.of());
            return tx(tx -> new RoomRows(assignments).of(tx, who, plan, query));
        }

        private List<RoomRows.Row> rows(StaffScope who) {
            return rows(who, Map.of());
        }

        /** 李虹, certified, watches the first slot. */
        private void assignOne() {
            StaffingDecision.Saved added =
                    (StaffingDecision.Saved)
                            tx(tx -> proctors.add(tx, world.clerk, "李虹", "13800000551"));
            Proctor one =
                    tx(tx -> proctors.findVisible(tx, world.clerk, added.proctor())).orElseThrow();
            tx(tx -> proctors.apply(tx, world.clerk, one, NEED));
            tx(tx -> proctors.certify(tx, world.body, one, NEED));
            Staffed room = tx(tx -> assignments.rooms(tx, world.body, plan)).getFirst();
            StaffingDecision assigned =
                    tx(
                            tx ->
                                    assignments.assign(
                                            tx,
                                            world.body,
                                            plan,
                                            room,
                                            Map.of(Duty.PROCTOR, List.of(one.id()))));
            assertThat(assigned).isInstanceOf(StaffingDecision.Saved.class);
        }

        @Test
        void everyRoomInEverySlotIsARowWithItsCells() {
            assignOne();
            List<List<String>> cells = RoomRows.sheet().cells(rows(world.body));
            assertThat(cells).hasSize(2);
            assertThat(cells.getFirst().subList(0, 10))
                    .containsExactly(
                            "2026年11月考试计划",
                            "107室",
                            "第一职业学院",
                            "山东省济南市",
                            "第一职业学院网店运营考核站点",
                            "评价组织一",
                            "网店运营推广职业技能等级证书（初级）",
                            "科目S1",
                            "2026-11-23 09:00~11:00",
                            "3");
            assertThat(cells.getFirst().get(10)).matches("李虹 \\(JK\\d+\\)");
            assertThat(cells.getFirst().subList(11, 13)).containsExactly("", "山东省(第一职业学院)");
            assertThat(cells.getLast().subList(10, 13)).containsOnly("");
        }

        @Test
        void aSchoolSeesItsOwnRoomsAndThoseWhereItsCandidatesSit() {
            assertThat(rows(world.clerk)).hasSize(2).allMatch(RoomRows.Row::own);
            assertThat(rows(world.otherClerk)).hasSize(2).noneMatch(RoomRows.Row::own);
            StaffScope third =
                    tx(
                            tx ->
                                    new StaffScope(
                                            world.tenant,
                                            "third",
                                            new Organisations()
                                                    .add(
                                                            tx,
                                                            world.tenant,
                                                            OrganisationKind.SCHOOL,
                                                            "S3",
                                                            "第三职业学院",
                                                            "山东省"),
                                            StaffRole.SCHOOL_CLERK));
            assertThat(rows(third)).isEmpty();
        }

        /** Source 004 section 5.2.8.2: 已排完的考场列表. */
        @Test
        void aSchoolSeesARoomOnlyOnceItsSubjectsAreArrangedCompletely() {
            register(world.clerk, world.candidates(world.clerk, 5, 1));
            assertThat(rows(world.clerk)).isEmpty();
            assertThat(rows(world.otherClerk)).isEmpty();
            assertThat(rows(world.body)).hasSize(2);
        }

        @Test
        void theFilterAsksForRoomSlotSubjectAndMissingProctors() {
            RoomRows.Row first = rows(world.body).getFirst();
            String slot = first.session().slot().id().toString();
            assertThat(rows(world.body, Map.of("slot", slot))).hasSize(1);
            assertThat(rows(world.body, Map.of("subject", theory.toString()))).hasSize(1);
            assertThat(rows(world.body, Map.of("level", level.toString()))).hasSize(2);
            assertThat(rows(world.body, Map.of("q", "107"))).hasSize(2);
            assertThat(rows(world.body, Map.of("q", "第二职业学院"))).isEmpty();
            assertThat(rows(world.body, Map.of("open", "yes"))).hasSize(2);
            assertThat(rows(world.body)).extracting(RoomRows.Row::id).doesNotHaveDuplicates();
        }
    }
}
