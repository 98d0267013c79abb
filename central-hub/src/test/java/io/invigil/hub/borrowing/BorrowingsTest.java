package io.invigil.hub.borrowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.Bottleneck;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.SiteId;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Source 002 section 5: a school whose sites do not suffice asks the body for seats at other
 * schools' sites (借考), 借考分配由培训评价组织操作处理.
 */
class BorrowingsTest {
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
        private final Borrowings borrowings = new Borrowings();
        private HubWorld world;
        private Plan plan;
        private LevelId level;
        private Room own;
        private Room theirs;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        /** The first school has 2 seats, the other 5. */
        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            plan = world.planOfBoth("K" + world.tenant);
            level = world.level(plan, List.of());
            SubjectId subject = world.subject(plan, level, "S1");
            world.slot(plan, 9, 2, Set.of(subject));
            own = world.room(plan, world.site(), level, "107室", 2);
            SiteId other = world.site(world.otherClerk, "第二职业学院考核站点");
            theirs = world.room(world.otherClerk, plan, other, level, "13号机房", 5);
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private List<String> codes(BorrowingDecision decision) {
            return switch (decision) {
                case BorrowingDecision.Saved saved -> List.of();
                case BorrowingDecision.Refused refused ->
                        refused.issues().stream().map(FieldIssue::code).toList();
            };
        }

        private List<String> ask(StaffScope who, int seats, String reason, Instant now) {
            return codes(tx(tx -> borrowings.request(tx, who, plan, seats, reason, now)));
        }

        private Borrowing asked(int seats) {
            assertThat(ask(world.clerk, seats, "机房不足", HubWorld.NOW)).isEmpty();
            return newest();
        }

        private List<Borrowing> seen(StaffScope who) {
            return tx(tx -> borrowings.visible(tx, who, plan));
        }

        private Borrowing newest() {
            return seen(world.clerk).getFirst();
        }

        private List<String> grant(StaffScope who, Borrowing one, RoomId... rooms) {
            return codes(
                    tx(tx -> borrowings.grant(tx, who, plan, one, Set.of(rooms), HubWorld.NOW)));
        }

        private List<String> giveBack(StaffScope who, Borrowing one) {
            return codes(tx(tx -> borrowings.giveBack(tx, who, plan, one, HubWorld.NOW)));
        }

        private ArrangementDecision arrange(int people) {
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            List<CandidateId> who = world.candidates(world.clerk, 1, people);
            tx(tx -> registrations.register(tx, world.clerk, plan, level, who));
            return arrange();
        }

        private ArrangementDecision arrange() {
            Arrangements arrangements =
                    new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none());
            return tx(
                    tx ->
                            arrangements.arrange(
                                    tx, world.body, plan, Arrangements.SiteChoice.OWN_SITES, 5));
        }

        @Test
        void aSchoolAsksWithSeatsAndAReasonInsideThePlansWholeTime() {
            Instant first = plan.windows().whole().from();
            Instant end = plan.windows().whole().to();
            assertThat(ask(world.clerk, 3, "机房不足", first.minusMillis(1)))
                    .containsExactly("BORROW_PLAN_CLOSED");
            assertThat(ask(world.clerk, 3, "机房不足", end)).containsExactly("BORROW_PLAN_CLOSED");
            assertThat(ask(world.clerk, 0, " ", first))
                    .containsExactly("BORROW_SEATS_RANGE", "BORROW_REASON_MISSING");
            assertThat(ask(world.clerk, Borrowing.SEATS_MAX + 1, "x".repeat(1001), first))
                    .containsExactly("BORROW_SEATS_RANGE", "BORROW_REASON_MISSING");
            assertThat(ask(world.body, 3, "机房不足", first)).containsExactly("BORROW_NOT_ALLOWED");
            assertThat(ask(world.clerk, Borrowing.SEATS_MAX, "x".repeat(1000), first)).isEmpty();
            assertThat(ask(world.clerk, 3, "机房不足", first)).containsExactly("BORROW_PENDING_EXISTS");
            assertThat(ask(world.otherClerk, 3, "机房不足", end.minusMillis(1))).isEmpty();
        }

        @Test
        void aSchoolThatThePlanDoesNotNameDoesNotAsk() {
            Plan narrow = world.plan("N" + world.tenant);
            assertThat(
                            codes(
                                    tx(
                                            tx ->
                                                    borrowings.request(
                                                            tx,
                                                            world.otherClerk,
                                                            narrow,
                                                            3,
                                                            "机房不足",
                                                            HubWorld.NOW))))
                    .containsExactly("BORROW_SCHOOL_NOT_IN_PLAN");
        }

        @Test
        void aSchoolSeesItsOwnRequestsAndTheBodyAll() {
            Borrowing one = asked(3);
            assertThat(seen(world.otherClerk)).isEmpty();
            Optional<Borrowing> foreign =
                    tx(tx -> borrowings.findVisible(tx, world.otherClerk, plan, one.id()));
            assertThat(foreign).isEmpty();
            assertThat(seen(world.body)).containsExactly(one);
            assertThat(seen(world.authority)).containsExactly(one);
        }

        @Test
        void theBodyLendsRoomsOfOtherSchoolsWithSeatsEnough() {
            Borrowing one = asked(5);
            assertThat(grant(world.otherClerk, one, theirs.id()))
                    .containsExactly("BORROW_NOT_ALLOWED");
            assertThat(grant(world.body, one)).containsExactly("BORROW_ROOMS_MISSING");
            assertThat(grant(world.body, one, own.id())).containsExactly("BORROW_ROOM_UNKNOWN");
            assertThat(grant(world.body, one, new RoomId(999)))
                    .containsExactly("BORROW_ROOM_UNKNOWN");
            assertThat(grant(world.body, one, theirs.id())).isEmpty();
            assertThat(newest().state()).isEqualTo(Borrowing.State.GRANTED);
            assertThat(newest().rooms()).containsExactly(theirs.id());
            assertThat(grant(world.body, one, theirs.id())).containsExactly("BORROW_NOT_PENDING");
        }

        @Test
        void roomsWithFewerSeatsThanAskedForAreNotLent() {
            assertThat(grant(world.body, asked(6), theirs.id()))
                    .containsExactly("BORROW_SEATS_SHORT");
        }

        @Test
        void aRequestIsWithdrawnByTheSchoolOrRefusedByTheBodyWithAReason() {
            Borrowing first = asked(3);
            assertThat(
                            codes(
                                    tx(
                                            tx ->
                                                    borrowings.withdraw(
                                                            tx,
                                                            world.otherClerk,
                                                            plan,
                                                            first,
                                                            HubWorld.NOW))))
                    .containsExactly("BORROW_NOT_ALLOWED");
            tx(tx -> borrowings.withdraw(tx, world.clerk, plan, first, HubWorld.NOW));
            assertThat(newest().state()).isEqualTo(Borrowing.State.WITHDRAWN);
            Borrowing second = asked(3);
            assertThat(refuse(second, " ")).containsExactly("BORROW_REASON_MISSING");
            assertThat(refuse(second, "第二职业学院机房检修")).isEmpty();
            assertThat(newest().decision().orElseThrow().words()).isEqualTo("第二职业学院机房检修");
            assertThat(refuse(second, "again")).containsExactly("BORROW_NOT_PENDING");
        }

        private List<String> refuse(Borrowing one, String words) {
            return codes(
                    tx(tx -> borrowings.refuse(tx, world.body, plan, one, words, HubWorld.NOW)));
        }

        @Test
        void theArrangementUsesWhatIsLentAndNothingElse() {
            ArrangementDecision before = arrange(6);
            assertThat(before).isInstanceOf(ArrangementDecision.Infeasible.class);
            assertThat(((ArrangementDecision.Infeasible) before).bottlenecks())
                    .extracting(Bottleneck::kind)
                    .containsExactly(Bottleneck.Kind.SEATS_SHORT);
            assertThat(grant(world.body, asked(4), theirs.id())).isEmpty();
            assertThat(arrange()).isInstanceOf(ArrangementDecision.Done.class);
            List<RoomId> used = new ArrayList<>();
            tx(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()))
                    .forEach(one -> used.add(one.seating().orElseThrow().room()));
            assertThat(used).hasSize(6).containsOnly(own.id(), theirs.id());
        }

        @Test
        void lentRoomsGoBackOnceNobodyOfTheSchoolSitsThere() {
            Borrowing one = asked(5);
            assertThat(giveBack(world.clerk, one)).containsExactly("BORROW_NOT_GRANTED");
            grant(world.body, one, theirs.id());
            arrange(6);
            assertThat(giveBack(world.clerk, one)).containsExactly("BORROW_IN_USE");
            assertThat(giveBack(world.otherClerk, one)).containsExactly("BORROW_NOT_ALLOWED");
            Arrangements arrangements =
                    new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none());
            tx(tx -> arrangements.clear(tx, world.body, plan));
            assertThat(giveBack(world.clerk, one)).isEmpty();
            assertThat(newest().state()).isEqualTo(Borrowing.State.RETURNED);
            OrganisationId school = world.clerk.organisation().id();
            Map<OrganisationId, Set<RoomId>> lent = tx(tx -> borrowings.lent(tx, plan));
            assertThat(lent).doesNotContainKey(school);
            assertThat(arrange()).isInstanceOf(ArrangementDecision.Infeasible.class);
        }

        @Test
        void aRoomThatIsLentIsNotRemovedBeforeItCameBack() {
            Borrowing one = asked(5);
            grant(world.body, one, theirs.id());
            Rooms rooms = new Rooms();
            RoomDecision kept = tx(tx -> rooms.remove(tx, world.otherClerk, plan, theirs));
            assertThat(((RoomDecision.Refused) kept).issues())
                    .extracting(FieldIssue::code)
                    .containsExactly("ROOM_LENT");
            assertThat(giveBack(world.body, one)).isEmpty();
            RoomDecision removed = tx(tx -> rooms.remove(tx, world.otherClerk, plan, theirs));
            assertThat(removed).isInstanceOf(RoomDecision.Saved.class);
        }
    }
}
