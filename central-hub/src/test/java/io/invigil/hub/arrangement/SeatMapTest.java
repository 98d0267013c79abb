package io.invigil.hub.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Issue 4 parts 4 and 7: the seats of a room on a map, and exchanging two of them there (domain,
 * section 7; source 004 section 5.2.8.2).
 */
class SeatMapTest {
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

    /** Ten seats in rows of four; seat 1 suits a wheelchair, seat 2 is broken; four people. */
    abstract static class Contract extends StoreContract {
        private HubWorld world;
        private Plan plan;
        private Room room;
        private SlotId slot;
        private SeatChanges changes;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void arrange() {
            world = new HubWorld(database());
            plan = world.planOfBoth("K" + world.tenant);
            LevelId level = world.level(plan, List.of());
            world.slot(plan, 9, 2, Set.of(world.subject(plan, level, "S1")));
            Room made = world.room(plan, world.site(), level, "107室", 10);
            RoomDraft draft =
                    new RoomDraft(
                            made.site(),
                            made.name(),
                            made.types(),
                            10,
                            4,
                            made.address(),
                            made.levels(),
                            Set.of(2),
                            Set.of(1));
            RoomDecision laidOut =
                    tx(tx -> new Rooms().change(tx, world.clerk, plan, made, draft, HubWorld.NOW));
            assertThat(laidOut).isInstanceOf(RoomDecision.Saved.class);
            room = tx(tx -> new Rooms().find(tx, world.tenant, made.id())).orElseThrow();
            register(world.clerk, level, 0, 3);
            register(world.otherClerk, level, 3, 1);
            Sitting first = sittings().getFirst();
            database()
                    .useTransaction(
                            tx ->
                                    new Sittings()
                                            .accommodate(tx, world.body.actor(), first, 15, true));
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
                                            Strategy.BY_NUMBER,
                                            7));
            assertThat(done).isInstanceOf(ArrangementDecision.Done.class);
            slot = sittings().getFirst().seating().orElseThrow().slot();
            changes = new SeatChanges(world.clock, SeatingUse.none(), Payments.none());
        }

        private void register(StaffScope school, LevelId level, int first, int count) {
            List<CandidateId> people = world.candidates(school, first, count);
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            tx(tx -> registrations.register(tx, school, plan, level, people));
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private List<Sitting> sittings() {
            return tx(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()));
        }

        private SeatMap map() {
            List<ArrangedSitting> seated =
                    tx(
                            tx ->
                                    new ArrangedSittings()
                                            .ofSlotAndRooms(
                                                    tx,
                                                    world.tenant,
                                                    plan.id(),
                                                    slot,
                                                    List.of(room.id())));
            return SeatMap.of(room, world.clerk.organisation().id(), seated, Set.of());
        }

        private Stream<SeatMap.Cell> cells() {
            return map().rows().stream().flatMap(row -> row.cells().stream());
        }

        private SeatMap.Cell cell(int seat) {
            return cells().filter(one -> one.seat() == seat).findFirst().orElseThrow();
        }

        private List<SeatMap.Cell> taken() {
            return cells().filter(one -> one.sitting().isPresent()).toList();
        }

        private SeatMap.Cell free() {
            return cells().filter(one -> one.sitting().isEmpty() && !one.broken())
                    .toList()
                    .getLast();
        }

        private static SittingId sitting(SeatMap.Cell cell) {
            return cell.sitting().orElseThrow().sitting().id();
        }

        private List<String> exchange(String... picks) {
            return exchange(world.body, picks);
        }

        /** Codes of what is refused; empty when it is done. */
        private List<String> exchange(StaffScope who, String... picks) {
            List<SeatChanges.Pick> read =
                    Stream.of(picks).flatMap(one -> SeatChanges.Pick.read(one).stream()).toList();
            return switch (tx(tx -> changes.exchange(tx, who, plan, slot, room.id(), read))) {
                case ArrangementDecision.Done done -> List.of();
                case ArrangementDecision.Refused refused -> {
                    assertThat(refused.issues())
                            .extracting(FieldIssue::field)
                            .containsOnly("seats");
                    yield refused.issues().stream().map(FieldIssue::code).toList();
                }
                case ArrangementDecision.Infeasible none -> List.of("INFEASIBLE");
            };
        }

        @Test
        void theMapShowsRowsAsTheyStandAndSaysOfEverySeatWhatIsSpecial() {
            assertThat(map().rows())
                    .extracting(row -> row.cells().stream().map(SeatMap.Cell::seat).toList())
                    .containsExactly(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9, 10));
            assertThat(map().oneSubject()).isTrue();
            assertThat(cell(2).broken()).isTrue();
            assertThat(cell(2).canBeChosen()).isFalse();
            assertThat(cell(1).accessible()).isTrue();
            assertThat(cell(1).sitting().orElseThrow().sitting().extraMinutes()).isEqualTo(15);
            assertThat(taken()).hasSize(4);
            assertThat(taken().stream().filter(SeatMap.Cell::lent))
                    .as("the other school's candidate sits on a borrowed seat")
                    .hasSize(1);
        }

        @Test
        void twoSeatsChosenOnTheMapExchangeTheirCandidates() {
            SeatMap.Cell one = taken().get(1);
            SeatMap.Cell other = taken().get(2);
            assertThat(exchange(one.pick(), other.pick())).isEmpty();
            assertThat(sitting(cell(one.seat()))).isEqualTo(sitting(other));
            assertThat(sitting(cell(other.seat()))).isEqualTo(sitting(one));
        }

        @Test
        void aCandidateMovesToTheEmptySeatChosenWithItInEitherOrder() {
            SeatMap.Cell one = taken().get(1);
            SeatMap.Cell empty = free();
            assertThat(exchange(empty.pick(), one.pick())).isEmpty();
            assertThat(sitting(cell(empty.seat()))).isEqualTo(sitting(one));
            assertThat(cell(one.seat()).sitting()).isEmpty();
            assertThat(exchange(cell(empty.seat()).pick(), cell(one.seat()).pick())).isEmpty();
            assertThat(sitting(cell(one.seat()))).isEqualTo(sitting(one));
        }

        @Test
        void anythingButTwoSeatsOfWhichOneIsTakenIsRefused() {
            String one = taken().get(1).pick();
            assertThat(exchange()).containsExactly("ARR_TWO_SEATS");
            assertThat(exchange(one)).containsExactly("ARR_TWO_SEATS");
            assertThat(exchange(one, one)).containsExactly("ARR_TWO_SEATS");
            assertThat(exchange(one, taken().get(2).pick(), free().pick()))
                    .containsExactly("ARR_TWO_SEATS");
            assertThat(exchange("9-0", "10-0")).containsExactly("ARR_SEATS_EMPTY");
            assertThat(SeatChanges.Pick.read("3")).isEqualTo(Optional.empty());
            assertThat(SeatChanges.Pick.read("0-7")).isEqualTo(Optional.empty());
            assertThat(SeatChanges.Pick.read("-3-7")).isEqualTo(Optional.empty());
        }

        @Test
        void aMapThatIsOutOfDateChangesNothing() {
            String one = taken().get(1).pick();
            String other = taken().get(2).pick();
            String empty = free().pick();
            assertThat(exchange(one, empty)).isEmpty();
            List<Sitting> before = sittings();
            assertThat(exchange(one, other)).containsExactly("ARR_SEATS_CHANGED");
            assertThat(exchange(other, empty)).containsExactly("ARR_SEATS_CHANGED");
            assertThat(sittings()).isEqualTo(before);
        }

        @Test
        void theMapRefusesWhatTheRulesOfSeatsRefuse() {
            SeatMap.Cell wheelchair = cell(1);
            SeatMap.Cell one = taken().get(1);
            assertThat(exchange(one.pick(), "2-0")).containsExactly("ARR_SEAT_BROKEN");
            assertThat(exchange(wheelchair.pick(), one.pick()))
                    .containsExactly("ARR_SEAT_NOT_ACCESSIBLE");
            assertThat(exchange(one.pick(), "11-0")).containsExactly("ARR_SEAT_UNKNOWN");
            assertThat(exchange(world.clerk, one.pick(), free().pick()))
                    .containsExactly("ARR_NOT_ALLOWED");
            world.clock.set(plan.windows().arrangement().to());
            assertThat(exchange(one.pick(), free().pick())).containsExactly("ARR_WINDOW_CLOSED");
        }
    }
}
