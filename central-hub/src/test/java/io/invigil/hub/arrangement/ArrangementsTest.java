package io.invigil.hub.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registration;
import io.invigil.hub.registration.RegistrationDecision;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.SiteId;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrangementsTest {
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
        @TempDir Path files;
        private HubWorld world;
        private Plan plan;
        private LevelId level;
        private Registrations registrations;
        private Arrangements arrangements;
        private boolean published;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            published = false;
            plan = world.plan("K2026" + world.tenant);
            level = world.level(plan, List.of());
            SubjectId theory = world.subject(plan, level, "S1");
            SubjectId practice = world.subject(plan, level, "S2");
            world.slot(plan, 9, 2, Set.of(theory));
            world.slot(plan, 13, 2, Set.of(practice));
            registrations = new Registrations(world.clock, BanCheck.none());
            arrangements =
                    new Arrangements(world.clock, new SeededEntropy(7), (tx, any) -> published);
        }

        private List<CandidateId> people(StaffScope scope, int first, int count)
                throws IOException {
            Path file = Files.createTempFile(files, "people", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets()
                        .template(
                                out,
                                CandidateImport.Mode.ADD,
                                MadeUpPeople.rows(first, count),
                                List.of());
            }
            new CandidateImport(database(), world.clock)
                    .run(scope, ImportFile.of(file), CandidateImport.Mode.ADD);
            return database()
                    .inTransaction(
                            tx ->
                                    new Candidates()
                                            .list(
                                                    tx,
                                                    scope,
                                                    CandidateFilter.ofSchool(
                                                            scope.organisation().id()),
                                                    0,
                                                    1000))
                    .stream()
                    .map(one -> one.id())
                    .toList();
        }

        private RegistrationDecision register(StaffScope scope, List<CandidateId> people) {
            return database()
                    .inTransaction(tx -> registrations.register(tx, scope, plan, level, people));
        }

        private ArrangementDecision arrange() {
            return database()
                    .inTransaction(
                            tx ->
                                    arrangements.arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.OWN_SITES,
                                            11));
        }

        private List<ArrangedSitting> arranged() {
            return database()
                    .inTransaction(
                            tx -> new ArrangedSittings().ofPlan(tx, world.tenant, plan.id()));
        }

        private static String refusal(ArrangementDecision decision) {
            return ((ArrangementDecision.Refused) decision).issues().get(0).code();
        }

        private static String refusal(RegistrationDecision decision) {
            return ((RegistrationDecision.Refused) decision).issues().get(0).code();
        }

        private Instant startOf(int daysLater) {
            return HubWorld.DAY.plusDays(daysLater).atStartOfDay(HubWorld.ZONE).toInstant();
        }

        @Test
        void registersOnlyInsideTheWindowAtBothEdges() throws IOException {
            List<CandidateId> people = people(world.clerk, 0, 4);
            world.clock.set(startOf(0).minusMillis(1));
            assertThat(refusal(register(world.clerk, people.subList(0, 1))))
                    .isEqualTo("REG_WINDOW_CLOSED");
            world.clock.set(startOf(0));
            assertThat(register(world.clerk, people.subList(0, 1)))
                    .isInstanceOf(RegistrationDecision.Carried.class);
            world.clock.set(startOf(2).minusMillis(1));
            assertThat(register(world.clerk, people.subList(1, 2)))
                    .isInstanceOf(RegistrationDecision.Carried.class);
            world.clock.set(startOf(2));
            assertThat(refusal(register(world.clerk, people.subList(2, 3))))
                    .isEqualTo("REG_WINDOW_CLOSED");
        }

        @Test
        void arrangesOnlyInsideTheWindowAtBothEdges() {
            world.clock.set(startOf(0).minusMillis(1));
            assertThat(refusal(arrange())).isEqualTo("ARR_WINDOW_CLOSED");
            world.clock.set(startOf(0));
            assertThat(refusal(arrange())).isEqualTo("ARR_NOTHING_TO_DO");
            world.clock.set(startOf(3).minusMillis(1));
            assertThat(refusal(arrange())).isEqualTo("ARR_NOTHING_TO_DO");
            world.clock.set(startOf(3));
            assertThat(refusal(arrange())).isEqualTo("ARR_WINDOW_CLOSED");
        }

        @Test
        void refusesWhoMayNotRegisterAndNamesEachCandidate() throws IOException {
            List<CandidateId> own = people(world.clerk, 0, 2);
            List<CandidateId> foreign = people(world.otherClerk, 100, 1);
            assertThat(refusal(register(world.body, own))).isEqualTo("REG_NOT_ALLOWED");
            assertThat(refusal(register(world.otherClerk, foreign)))
                    .isEqualTo("REG_SCHOOL_NOT_IN_PLAN");
            assertThat(refusal(register(world.clerk, List.of()))).isEqualTo("REG_NOBODY_CHOSEN");
            register(world.clerk, own.subList(0, 1));
            RegistrationDecision.Carried carried =
                    (RegistrationDecision.Carried)
                            register(world.clerk, List.of(own.get(0), own.get(1), foreign.get(0)));
            assertThat(carried.done()).containsExactly(own.get(1));
            assertThat(carried.refused().get(own.get(0)).code()).isEqualTo("REG_ALREADY");
            assertThat(carried.refused().get(foreign.get(0)).code())
                    .isEqualTo("REG_CANDIDATE_UNKNOWN");
        }

        @Test
        void refusesIneligibleMajorsAndBannedCandidates() throws IOException {
            List<CandidateId> own = people(world.clerk, 0, 1);
            Plan strict = world.plan("K2027" + world.tenant);
            LevelId other = world.level(strict, List.of("护理"));
            world.subject(strict, other, "S9");
            RegistrationDecision.Carried carried =
                    (RegistrationDecision.Carried)
                            database()
                                    .inTransaction(
                                            tx ->
                                                    registrations.register(
                                                            tx, world.clerk, strict, other, own));
            assertThat(carried.refused().get(own.get(0)).code())
                    .isEqualTo("REG_MAJOR_NOT_ELIGIBLE");
            Registrations banning =
                    new Registrations(
                            world.clock, (tx, any, asked) -> Map.of(own.get(0), "2028-01-01"));
            RegistrationDecision.Carried banned =
                    (RegistrationDecision.Carried)
                            database()
                                    .inTransaction(
                                            tx ->
                                                    banning.register(
                                                            tx, world.clerk, plan, level, own));
            assertThat(banned.refused().get(own.get(0)).detail()).isEqualTo("2028-01-01");
        }

        @Test
        void seatsEveryoneIssuesNumbersAndKeepsThem() throws IOException {
            register(world.clerk, people(world.clerk, 0, 20));
            SiteId site = world.site();
            world.room(plan, site, level, "107室", 12);
            world.room(plan, site, level, "108室", 8);
            assertThat(arrange()).isEqualTo(new ArrangementDecision.Done(11, 40));
            List<ArrangedSitting> first = arranged();
            assertThat(first).hasSize(40);
            Map<CandidateId, String> numbers = new HashMap<>();
            for (ArrangedSitting one : first) {
                Seating seat = one.sitting().seating().orElseThrow();
                assertThat(seat.pin()).matches("\\d{6}");
                String before = numbers.put(one.sitting().candidate(), seat.admissionNumber());
                assertThat(before).isIn(null, seat.admissionNumber());
                assertThat(one.school().name()).isEqualTo("第一职业学院");
            }
            assertThat(numbers.values()).doesNotHaveDuplicates().hasSize(20);
            assertThat(refusal(arrange())).isEqualTo("ARR_NOTHING_TO_DO");
            database()
                    .useTransaction(
                            tx ->
                                    assertThat(arrangements.clear(tx, world.body, plan))
                                            .isInstanceOf(ArrangementDecision.Done.class));
            assertThat(arranged()).isEmpty();
            arrange();
            for (ArrangedSitting one : arranged()) {
                assertThat(one.sitting().seating().orElseThrow().admissionNumber())
                        .isEqualTo(numbers.get(one.sitting().candidate()));
            }
        }

        @Test
        void lateRegistrationsAreSeatedBesideThoseWhoSit() throws IOException {
            List<CandidateId> people = people(world.clerk, 0, 10);
            register(world.clerk, people.subList(0, 6));
            world.room(plan, world.site(), level, "107室", 10);
            arrange();
            List<ArrangedSitting> before = arranged();
            register(world.clerk, people.subList(6, 10));
            assertThat(arrange()).isEqualTo(new ArrangementDecision.Done(11, 8));
            assertThat(arranged()).containsAll(before).hasSize(20);
        }

        @Test
        void nobodyIsSeatedWhenOneSeatIsMissing() throws IOException {
            register(world.clerk, people(world.clerk, 0, 9));
            world.room(plan, world.site(), level, "107室", 8);
            ArrangementDecision.Infeasible none = (ArrangementDecision.Infeasible) arrange();
            assertThat(none.bottlenecks().get(0).kind()).isEqualTo(Bottleneck.Kind.SEATS_SHORT);
            assertThat(arranged()).isEmpty();
            database()
                    .useTransaction(
                            tx ->
                                    assertThat(arrangements.runs(tx, plan))
                                            .singleElement()
                                            .extracting(run -> run.bottleneck().orElseThrow())
                                            .isEqualTo(Bottleneck.Kind.SEATS_SHORT));
        }

        @Test
        void takesNothingBackOnceRoomsHavePackagesOrASlotBegan() throws IOException {
            register(world.clerk, people(world.clerk, 0, 1));
            world.room(plan, world.site(), level, "107室", 8);
            arrange();
            published = true;
            assertThat(clearRefusal()).isEqualTo("ARR_PUBLISHED");
            published = false;
            assertThat(refusal(clear(world.clerk))).isEqualTo("ARR_NOT_ALLOWED");
        }

        private String clearRefusal() {
            return refusal(clear(world.body));
        }

        private ArrangementDecision clear(StaffScope scope) {
            return database().inTransaction(tx -> arrangements.clear(tx, scope, plan));
        }

        @Test
        void anArrangedRoomOnlyGrowsAndAnArrangedRegistrationStays() throws IOException {
            register(world.clerk, people(world.clerk, 0, 2));
            SiteId site = world.site();
            Room room = world.room(plan, site, level, "107室", 8);
            arrange();
            Rooms rooms = new Rooms();
            database()
                    .useTransaction(
                            tx -> {
                                assertThat(change(tx, rooms, room, 7))
                                        .isInstanceOf(RoomDecision.Refused.class);
                                assertThat(change(tx, rooms, room, 9))
                                        .isInstanceOf(RoomDecision.Saved.class);
                                assertThat(rooms.remove(tx, world.clerk, plan, room))
                                        .isInstanceOf(RoomDecision.Refused.class);
                                List<Registration> all =
                                        registrations.ofPlan(tx, world.clerk, plan);
                                RegistrationDecision.Carried removed =
                                        (RegistrationDecision.Carried)
                                                registrations.remove(
                                                        tx,
                                                        world.clerk,
                                                        plan,
                                                        List.of(all.get(0).id()));
                                assertThat(removed.done()).isEmpty();
                                assertThat(removed.refused()).hasSize(1);
                            });
        }

        private RoomDecision change(
                io.invigil.appliance.db.Tx tx, Rooms rooms, Room room, int seats) {
            RoomDraft draft =
                    new RoomDraft(
                            room.site(),
                            room.name(),
                            room.types(),
                            seats,
                            room.columns(),
                            room.address(),
                            room.levels());
            return rooms.change(tx, world.clerk, plan, room, draft, world.clock.instant());
        }

        @Test
        void removingARegistrationRemovesItsSittings() throws IOException {
            register(world.clerk, people(world.clerk, 0, 2));
            database()
                    .useTransaction(
                            tx -> {
                                List<Registration> all =
                                        registrations.ofPlan(tx, world.clerk, plan);
                                registrations.remove(
                                        tx, world.clerk, plan, List.of(all.get(0).id()));
                                assertThat(new Sittings().ofPlan(tx, world.tenant, plan.id()))
                                        .hasSize(2);
                                assertThat(registrations.ofPlan(tx, world.otherClerk, plan))
                                        .isEmpty();
                            });
        }

        @Test
        void arrangesAThousandCandidatesOfTwoSubjects() throws IOException {
            register(world.clerk, people(world.clerk, 0, 1000));
            SiteId site = world.site();
            for (int at = 0; at < 20; at++) {
                world.room(plan, site, level, (200 + at) + "室", 50);
            }
            long begun = System.nanoTime();
            assertThat(arrange()).isEqualTo(new ArrangementDecision.Done(11, 2000));
            System.out.println(
                    "arranged 2000 sittings on "
                            + dialect()
                            + " in "
                            + Duration.ofNanos(System.nanoTime() - begun).toMillis()
                            + " ms");
        }
    }
}
