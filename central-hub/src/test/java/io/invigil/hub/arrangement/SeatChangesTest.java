package io.invigil.hub.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.SiteId;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Issue 4 part 7, domain sections 4 and 7: changes by hand, one room anew, special seats. */
class SeatChangesTest {
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
        private LevelId level;
        private SiteId site;
        private Room small;
        private Room large;
        private boolean published;
        private Arrangements arrangements;
        private SeatChanges changes;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void arrange() {
            world = new HubWorld(database());
            published = false;
            plan = world.plan("K7");
            level = world.level(plan, List.of());
            SubjectId theory = world.subject(plan, level, "S1");
            SubjectId practice = world.subject(plan, level, "S2");
            world.slot(plan, 9, 2, Set.of(theory));
            world.slot(plan, 13, 2, Set.of(practice));
            site = world.site();
            small = world.room(plan, site, level, "107室", 4);
            large = world.room(plan, site, level, "108室", 8);
            List<CandidateId> people = world.candidates(world.clerk, 0, 6);
            database()
                    .inTransaction(
                            tx ->
                                    new Registrations(world.clock, BanCheck.none())
                                            .register(tx, world.clerk, plan, level, people));
            arrangements =
                    new Arrangements(world.clock, new SeededEntropy(7), (tx, any) -> published);
            changes = new SeatChanges(world.clock, (tx, any) -> published, Payments.none());
            assertThat(run(Strategy.BY_NUMBER)).isInstanceOf(ArrangementDecision.Done.class);
        }

        private ArrangementDecision run(Strategy strategy) {
            return database()
                    .inTransaction(
                            tx ->
                                    arrangements.arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.OWN_SITES,
                                            strategy,
                                            7));
        }

        private List<Sitting> sittings() {
            return database()
                    .inTransaction(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()));
        }

        private List<Sitting> in(Room room, SlotId slot) {
            return sittings().stream()
                    .filter(one -> seat(one).room().equals(room.id()))
                    .filter(one -> seat(one).slot().equals(slot))
                    .toList();
        }

        private static Seating seat(Sitting sitting) {
            return sitting.seating().orElseThrow();
        }

        private SlotId morning() {
            return seat(sittings().get(0)).slot();
        }

        private ArrangementDecision move(StaffScope scope, Sitting who, Room room, int seat) {
            return database()
                    .inTransaction(
                            tx ->
                                    changes.move(
                                            tx,
                                            scope,
                                            plan,
                                            who.id(),
                                            new SeatChanges.Target(
                                                    seat(who).slot(), room.id(), seat)));
        }

        private List<String> codes(ArrangementDecision decision) {
            return ((ArrangementDecision.Refused) decision)
                    .issues().stream().map(FieldIssue::code).toList();
        }

        @Test
        void oneCandidateMovesToAFreeSeatAndKeepsNumberAndPin() {
            Sitting who = in(small, morning()).get(0);
            assertThat(move(world.body, who, large, 8))
                    .isInstanceOf(ArrangementDecision.Done.class);
            Sitting after =
                    sittings().stream()
                            .filter(one -> one.id().equals(who.id()))
                            .findFirst()
                            .orElseThrow();
            assertThat(seat(after).room()).isEqualTo(large.id());
            assertThat(seat(after).seat()).isEqualTo(8);
            assertThat(seat(after).pin()).isEqualTo(seat(who).pin());
            assertThat(seat(after).admissionNumber()).isEqualTo(seat(who).admissionNumber());
        }

        @Test
        void aTakenSeatIsExchanged() {
            Sitting one = in(small, morning()).get(0);
            Sitting other = in(large, morning()).get(0);
            int freed = seat(one).seat();
            move(world.body, one, large, seat(other).seat());
            Map<Object, Seating> after = new HashMap<>();
            sittings().forEach(sitting -> after.put(sitting.id(), seat(sitting)));
            assertThat(after.get(one.id()).room()).isEqualTo(large.id());
            assertThat(after.get(other.id()).room()).isEqualTo(small.id());
            assertThat(after.get(other.id()).seat()).isEqualTo(freed);
        }

        @Test
        void everyConflictIsExplained() {
            Sitting who = in(small, morning()).get(0);
            SlotId afternoon =
                    sittings().stream()
                            .map(Contract::seat)
                            .map(Seating::slot)
                            .filter(slot -> !slot.equals(morning()))
                            .findFirst()
                            .orElseThrow();
            assertThat(codes(move(world.body, who, small, 5))).containsExactly("ARR_SEAT_UNKNOWN");
            ArrangementDecision wrongSlot =
                    database()
                            .inTransaction(
                                    tx ->
                                            changes.move(
                                                    tx,
                                                    world.body,
                                                    plan,
                                                    who.id(),
                                                    new SeatChanges.Target(
                                                            afternoon, large.id(), 8)));
            assertThat(codes(wrongSlot)).containsExactly("ARR_SLOT_SUBJECT", "ARR_CANDIDATE_BUSY");
            SlotId morning = morning();
            ArrangementDecision nowhere =
                    database()
                            .inTransaction(
                                    tx ->
                                            changes.move(
                                                    tx,
                                                    world.body,
                                                    plan,
                                                    who.id(),
                                                    new SeatChanges.Target(
                                                            morning, new RoomId(999_999), 1)));
            assertThat(codes(nowhere)).containsExactly("ARR_PLACE_UNKNOWN");
            assertThat(codes(move(world.clerk, who, large, 8))).containsExactly("ARR_NOT_ALLOWED");
            published = true;
            assertThat(codes(move(world.body, who, large, 8))).containsExactly("ARR_PUBLISHED");
            published = false;
            world.clock.advance(
                    Duration.between(world.clock.instant(), plan.windows().arrangement().to()));
            assertThat(codes(move(world.body, who, large, 8))).containsExactly("ARR_WINDOW_CLOSED");
        }

        @Test
        void seatingOneRoomAnewTouchesNoOther() {
            List<Sitting> others =
                    sittings().stream()
                            .filter(
                                    one ->
                                            !(seat(one).room().equals(small.id())
                                                    && seat(one).slot().equals(morning())))
                            .toList();
            List<Sitting> before = in(small, morning());
            SlotId slot = morning();
            boolean changed = false;
            for (long seed = 1; seed <= 5; seed++) {
                long own = seed;
                ArrangementDecision done =
                        database()
                                .inTransaction(
                                        tx ->
                                                changes.reseat(
                                                        tx,
                                                        world.body,
                                                        plan,
                                                        slot,
                                                        small.id(),
                                                        Strategy.RANDOM,
                                                        own));
                assertThat(done).isInstanceOf(ArrangementDecision.Done.class);
                changed |= !in(small, slot).equals(before);
                assertThat(in(small, slot)).hasSameSizeAs(before);
            }
            assertThat(changed).isTrue();
            assertThat(sittings()).containsAll(others);
        }

        @Test
        void aSeatThatBreaksIsBlockedOnceItsCandidateHasMoved() {
            Sitting who = in(small, morning()).get(0);
            int broken = seat(who).seat();
            assertThat(block(broken).toString()).contains("ROOM_BROKEN_SEAT_TAKEN");
            move(world.body, who, large, 8);
            sittings().stream()
                    .filter(one -> seat(one).room().equals(small.id()))
                    .filter(one -> seat(one).seat() == broken)
                    .forEach(one -> move(world.body, one, large, 7));
            assertThat(block(broken)).isInstanceOf(RoomDecision.Saved.class);
            assertThat(codes(move(world.body, who, small, broken)))
                    .containsExactly("ARR_SEAT_BROKEN");
            Room after =
                    database()
                            .inTransaction(tx -> new Rooms().find(tx, world.tenant, small.id()))
                            .orElseThrow();
            assertThat(after.seats()).isEqualTo(4);
            assertThat(after.usableSeats()).isEqualTo(3);
        }

        private RoomDecision block(int seat) {
            RoomDraft draft =
                    new RoomDraft(
                            site,
                            small.name(),
                            small.types(),
                            small.seats(),
                            small.columns(),
                            small.address(),
                            small.levels(),
                            Set.of(seat),
                            Set.of());
            return database()
                    .inTransaction(
                            tx ->
                                    new Rooms()
                                            .change(
                                                    tx,
                                                    world.clerk,
                                                    plan,
                                                    small,
                                                    draft,
                                                    world.clock.instant()));
        }

        @Test
        void accommodationsFeedTheArrangement() {
            database().inTransaction(tx -> arrangements.clear(tx, world.body, plan));
            Sitting who = sittings().get(0);
            database()
                    .useTransaction(
                            tx ->
                                    new Sittings()
                                            .accommodate(tx, world.body.actor(), who, 61, false));
            ArrangementDecision.Infeasible none =
                    (ArrangementDecision.Infeasible) run(Strategy.RANDOM);
            assertThat(none.bottlenecks().get(0).kind())
                    .isEqualTo(Bottleneck.Kind.EXTRA_TIME_TOO_LONG);
            database()
                    .useTransaction(
                            tx ->
                                    new Sittings()
                                            .accommodate(tx, world.body.actor(), who, 60, true));
            none = (ArrangementDecision.Infeasible) run(Strategy.RANDOM);
            assertThat(none.bottlenecks().get(0).kind())
                    .isEqualTo(Bottleneck.Kind.ACCESSIBLE_SEATS_SHORT);
            List<ArrangementRun> runs = database().inTransaction(tx -> arrangements.runs(tx, plan));
            assertThat(runs)
                    .extracting(ArrangementRun::strategy)
                    .containsExactly(Strategy.RANDOM, Strategy.RANDOM, Strategy.BY_NUMBER);
        }
    }
}
