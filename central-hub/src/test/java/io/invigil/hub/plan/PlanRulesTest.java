package io.invigil.hub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteDecision;
import io.invigil.hub.site.SiteDraft;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.testkit.StoreContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanRulesTest {
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

    @Test
    void aWindowHoldsItsFirstAndLastInstantAndNothingBeside() {
        Window window = Window.ofDays(HubWorld.DAY, HubWorld.DAY, HubWorld.ZONE);
        assertThat(window.contains(window.from())).isTrue();
        assertThat(window.contains(window.from().minusMillis(1))).isFalse();
        assertThat(window.contains(window.to().minusMillis(1))).isTrue();
        assertThat(window.contains(window.to())).isFalse();
        assertThat(window.firstDay(HubWorld.ZONE)).isEqualTo(HubWorld.DAY);
        assertThat(window.lastDay(HubWorld.ZONE)).isEqualTo(HubWorld.DAY);
    }

    abstract static class Contract extends StoreContract {
        private final Plans plans = new Plans();
        private final PlanContent content = new PlanContent();
        private HubWorld world;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            world = new HubWorld(database());
        }

        private static List<String> codes(PlanDecision decision) {
            return switch (decision) {
                case PlanDecision.Saved saved -> List.of();
                case PlanDecision.Refused refused ->
                        refused.issues().stream().map(FieldIssue::code).toList();
            };
        }

        private List<String> adding(StaffScope scope, PlanDraft draft) {
            return codes(database().inTransaction(tx -> plans.add(tx, scope, draft)));
        }

        private static PlanDraft with(
                PlanDraft draft, UnaryOperator<Map<PlanStage, PlanDraft.Days>> change) {
            return new PlanDraft(
                    draft.number(),
                    draft.name(),
                    draft.zone(),
                    draft.requirements(),
                    draft.registrationMode(),
                    change.apply(new EnumMap<>(draft.days())),
                    draft.policy(),
                    draft.fullIdOnStickers(),
                    draft.schools());
        }

        @Test
        void keepsEverythingThatWasEntered() {
            PlanDraft usual = HubWorld.draft("K1", Set.of(world.clerk.organisation().id()));
            PlanDraft draft =
                    new PlanDraft(
                            usual.number(),
                            usual.name(),
                            usual.zone(),
                            usual.requirements(),
                            usual.registrationMode(),
                            usual.days(),
                            new SittingPolicy(
                                    20,
                                    10,
                                    ResultVisibility.PROVISIONAL_AT_HAND_IN,
                                    true,
                                    false,
                                    true,
                                    IdentityCheck.FACE_AND_TURN,
                                    new FaceRechecks(25, true),
                                    new AttemptRules(2, AttemptRules.Counting.LAST),
                                    new AttendanceWindows(40, false)),
                            true,
                            usual.schools());
            assertThat(adding(world.body, draft)).isEmpty();
            Plan stored =
                    database()
                            .inTransaction(tx -> plans.findByNumber(tx, world.tenant, "K1"))
                            .orElseThrow();
            assertThat(stored.schools()).isEqualTo(draft.schools());
            assertThat(stored.policy()).isEqualTo(draft.policy());
            assertThat(stored.windows().exam().firstDay(stored.zone()))
                    .isEqualTo(HubWorld.DAY.plusDays(3));
            assertThat(stored.windows().publicity().lastDay(stored.zone()))
                    .isEqualTo(HubWorld.DAY.plusDays(8));
        }

        @Test
        void onlyABodyEntersPlansAndNumbersAreNotTakenTwice() {
            PlanDraft draft = HubWorld.draft("K1", Set.of());
            assertThat(adding(world.clerk, draft)).containsExactly("PLAN_NOT_ALLOWED");
            assertThat(adding(world.authority, draft)).containsExactly("PLAN_NOT_ALLOWED");
            assertThat(adding(world.body, draft)).isEmpty();
            assertThat(adding(world.body, draft)).containsExactly("PLAN_NUMBER_TAKEN");
            assertThat(adding(world.body, HubWorld.draft("k 1", Set.of())))
                    .containsExactly("PLAN_NUMBER_MALFORMED");
            assertThat(
                            adding(
                                    world.body,
                                    HubWorld.draft("K2", Set.of(world.body.organisation().id()))))
                    .containsExactly("PLAN_SCHOOL_UNKNOWN");
        }

        @Test
        void refusesWindowsThatAreMissingReversedOrOutOfOrder() {
            PlanDraft good = HubWorld.draft("K1", Set.of());
            assertThat(
                            adding(
                                    world.body,
                                    with(
                                            good,
                                            days -> {
                                                days.remove(PlanStage.EXAM);
                                                return days;
                                            })))
                    .containsExactly("PLAN_DATE_MISSING");
            assertThat(
                            adding(
                                    world.body,
                                    with(
                                            good,
                                            days -> {
                                                days.put(
                                                        PlanStage.EXAM,
                                                        PlanDraft.Days.of(
                                                                HubWorld.DAY.plusDays(4),
                                                                HubWorld.DAY.plusDays(3)));
                                                return days;
                                            })))
                    .containsExactly("PLAN_WINDOW_REVERSED");
            assertThat(
                            adding(
                                    world.body,
                                    with(
                                            good,
                                            days -> {
                                                days.put(
                                                        PlanStage.SCORE_ENTRY,
                                                        PlanDraft.Days.of(
                                                                HubWorld.DAY.plusDays(2),
                                                                HubWorld.DAY.plusDays(3)));
                                                return days;
                                            })))
                    .containsExactly("PLAN_WINDOWS_ORDER");
        }

        @Test
        void aSlotLiesInsideTheExamWindowAtBothEdges() {
            Plan plan = world.plan("K1");
            SubjectId subject = world.subject(plan, world.level(plan, List.of()), "S1");
            Window exam = plan.windows().exam();
            assertThat(
                            slot(
                                    plan,
                                    exam.from().minusMillis(1),
                                    exam.from().plusSeconds(7200),
                                    subject))
                    .containsExactly("SLOT_OUTSIDE_EXAM_WINDOW");
            assertThat(slot(plan, exam.from(), exam.from().plusSeconds(3600), subject)).isEmpty();
            assertThat(slot(plan, exam.from(), exam.from().plusSeconds(3600), subject))
                    .containsExactly("SLOT_TAKEN");
            assertThat(slot(plan, exam.to().minusSeconds(3600), exam.to(), subject)).isEmpty();
            assertThat(slot(plan, exam.to().minusSeconds(3600), exam.to().plusMillis(1), subject))
                    .containsExactly("SLOT_OUTSIDE_EXAM_WINDOW");
            assertThat(slot(plan, exam.from(), exam.from().plusSeconds(3599), subject))
                    .containsExactly("SLOT_TOO_SHORT");
            assertThat(slot(plan, exam.from(), exam.from(), subject))
                    .containsExactly("SLOT_REVERSED");
        }

        private List<String> slot(Plan plan, Instant start, Instant end, SubjectId subject) {
            SlotDraft draft = new SlotDraft(start, end, Set.of(subject));
            return codes(
                    database().inTransaction(tx -> content.addSlot(tx, world.body, plan, draft)));
        }

        @Test
        void aWeightedTotalNeedsItsPassMarkAndLevelsHaveALimit() {
            Plan plan = world.plan("K1");
            assertThat(level(plan, "C1", PassRule.WEIGHTED_TOTAL, "0"))
                    .containsExactly("LEVEL_TOTAL_MISSING");
            for (int at = 0; at < PlanContent.LEVELS_MAX; at++) {
                assertThat(level(plan, "C" + at, PassRule.WEIGHTED_TOTAL, "60")).isEmpty();
            }
            assertThat(level(plan, "C99", PassRule.ALL_SUBJECTS, "0"))
                    .containsExactly("LEVEL_LIMIT");
            CertificateLevel first =
                    database()
                            .inTransaction(tx -> content.levels(tx, world.tenant, plan.id()))
                            .get(0);
            assertThat(first.totalPassMark()).isEqualByComparingTo("60");
        }

        private List<String> level(Plan plan, String number, PassRule rule, String total) {
            LevelDraft draft =
                    new LevelDraft(
                            number, "证书", "简称", "中级", List.of(), "", rule, new BigDecimal(total));
            return codes(
                    database().inTransaction(tx -> content.addLevel(tx, world.body, plan, draft)));
        }

        @Test
        void aSiteGoesFromDraftToApprovedOrBackAndOnlyByThoseWhoMay() {
            Sites sites = new Sites();
            database()
                    .useTransaction(
                            tx -> {
                                SiteDraft draft =
                                        new SiteDraft(
                                                world.clerk.organisation().id(),
                                                "考点",
                                                "",
                                                "路1号",
                                                "",
                                                "");
                                assertThat(sites.add(tx, world.otherClerk, draft))
                                        .isInstanceOf(SiteDecision.Refused.class);
                                SiteId id =
                                        ((SiteDecision.Saved) sites.add(tx, world.clerk, draft))
                                                .site();
                                assertThat(sites.findVisible(tx, world.body, id)).isEmpty();
                                assertThat(sites.findVisible(tx, world.otherClerk, id)).isEmpty();
                                assertThat(
                                                sites.approve(
                                                        tx, world.body, site(tx, id), HubWorld.NOW))
                                        .isInstanceOf(SiteDecision.Refused.class);
                                sites.submit(tx, world.clerk, site(tx, id), HubWorld.NOW);
                                assertThat(
                                                sites.approve(
                                                        tx,
                                                        world.clerk,
                                                        site(tx, id),
                                                        HubWorld.NOW))
                                        .isInstanceOf(SiteDecision.Refused.class);
                                assertThat(
                                                sites.giveBack(
                                                        tx,
                                                        world.body,
                                                        site(tx, id),
                                                        " ",
                                                        HubWorld.NOW))
                                        .isInstanceOf(SiteDecision.Refused.class);
                                sites.giveBack(tx, world.body, site(tx, id), "地址不详", HubWorld.NOW);
                                assertThat(site(tx, id).approval())
                                        .isEqualTo(Site.Approval.RETURNED);
                                sites.submit(tx, world.clerk, site(tx, id), HubWorld.NOW);
                                sites.approve(tx, world.body, site(tx, id), HubWorld.NOW);
                                assertThat(site(tx, id).approval())
                                        .isEqualTo(Site.Approval.APPROVED);
                                assertThat(sites.change(tx, world.clerk, site(tx, id), draft))
                                        .isInstanceOf(SiteDecision.Refused.class);
                            });
        }

        private Site site(io.invigil.appliance.db.Tx tx, SiteId id) {
            return new Sites().find(tx, world.tenant, id).orElseThrow();
        }

        @Test
        void aRoomHasAtMostItsSeatsTakesPartInThePlanAndStopsWithIt() {
            Plan plan = world.plan("K1");
            LevelId level = world.level(plan, List.of());
            SiteId site = world.site();
            assertThat(room(plan, site, level, Room.SEATS_MAX, HubWorld.NOW)).isEmpty();
            assertThat(room(plan, site, level, Room.SEATS_MAX + 1, HubWorld.NOW))
                    .contains("ROOM_SEATS_RANGE");
            assertThat(room(plan, site, level, 0, HubWorld.NOW)).contains("ROOM_SEATS_RANGE");
            assertThat(room(plan, site, level, 5, plan.windows().publicity().to()))
                    .contains("ROOM_PLAN_OVER");
            assertThat(room(plan, site, level, 5, plan.windows().publicity().to().minusMillis(1)))
                    .doesNotContain("ROOM_PLAN_OVER");
        }

        private List<String> room(Plan plan, SiteId site, LevelId level, int seats, Instant now) {
            RoomDraft draft =
                    new RoomDraft(
                            site,
                            seats + "室",
                            Set.of(ExamMode.COMPUTER),
                            seats,
                            6,
                            "一号楼",
                            Set.of(level));
            RoomDecision made =
                    database()
                            .inTransaction(
                                    tx -> new Rooms().add(tx, world.clerk, plan, draft, now));
            return made instanceof RoomDecision.Refused refused
                    ? refused.issues().stream().map(FieldIssue::code).toList()
                    : List.of();
        }

        @Test
        void theExamWindowDoesNotLeaveItsSlots() {
            Plan plan = world.plan("K1");
            SubjectId subject = world.subject(plan, world.level(plan, List.of()), "S1");
            world.slot(plan, 9, 2, Set.of(subject));
            PlanDraft good = HubWorld.draft("K1", plan.schools());
            assertThat(changing(plan, good)).isEmpty();
            PlanDraft later =
                    with(
                            good,
                            days -> {
                                days.put(
                                        PlanStage.EXAM,
                                        PlanDraft.Days.of(
                                                HubWorld.DAY.plusDays(4),
                                                HubWorld.DAY.plusDays(4)));
                                return days;
                            });
            assertThat(changing(plan, later)).containsExactly("PLAN_SLOTS_OUTSIDE");
        }

        private List<String> changing(Plan plan, PlanDraft draft) {
            return codes(database().inTransaction(tx -> plans.change(tx, world.body, plan, draft)));
        }
    }
}
