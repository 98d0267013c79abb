package io.invigil.hub.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.ArrangementView;
import io.invigil.hub.arrangement.ArrangementView.SubjectProgress;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatChanges;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Domain section 12: bans are checked again after registration, for one may come in between. What
 * packages and certificates say is in PackagesTest and CertificatesTest.
 */
class BansAskedAgainTest {
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
        private final ArrangementView view = new ArrangementView();
        private HubWorld world;
        private Plan plan;
        private LevelId level;
        private List<CandidateId> people;
        private Arrangements arrangements;
        private SeatChanges changes;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void register() {
            world = new HubWorld(database());
            plan = world.plan("K8");
            level = world.level(plan, List.of());
            world.slot(plan, 9, 2, Set.of(world.subject(plan, level, "S1")));
            world.room(plan, world.site(), level, "107室", 10);
            people = world.candidates(world.clerk, 0, 3);
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            tx(tx -> registrations.register(tx, world.clerk, plan, level, people));
            arrangements = new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none());
            changes = new SeatChanges(world.clock, (tx, any) -> true, Payments.none());
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        /** From every exam, from today for a year. */
        private void ban(int person) {
            Bans bans = new Bans(world.clock);
            Bans.Draft draft =
                    new Bans.Draft(
                            MadeUpPeople.idNumber(person),
                            Optional.empty(),
                            Optional.of(HubWorld.DAY),
                            Optional.of(HubWorld.DAY.plusDays(364)),
                            HubWorld.ZONE,
                            "替考");
            List<FieldIssue> issues = tx(tx -> bans.add(tx, world.authority, draft));
            assertThat(issues).isEmpty();
        }

        private ArrangementDecision arrange() {
            return tx(
                    tx ->
                            arrangements.arrange(
                                    tx, world.body, plan, Arrangements.SiteChoice.OWN_SITES, 5));
        }

        private Sitting sitting(int person) {
            List<Sitting> all = tx(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()));
            return all.stream()
                    .filter(one -> one.candidate().equals(people.get(person)))
                    .findFirst()
                    .orElseThrow();
        }

        private List<String> free(StaffScope who, SittingId sitting) {
            return codes(tx(tx -> changes.free(tx, who, plan, sitting)));
        }

        private static List<String> codes(ArrangementDecision decision) {
            return decision instanceof ArrangementDecision.Refused refused
                    ? refused.issues().stream().map(FieldIssue::code).toList()
                    : List.of();
        }

        @Test
        void theArrangementLeavesOutWhoIsBannedAndNamesThem() {
            ban(0);
            ArrangementDecision.Done done = (ArrangementDecision.Done) arrange();
            assertThat(done.placed()).isEqualTo(2);
            assertThat(done.banned()).hasSize(1);
            assertThat(sitting(0).seating()).isEmpty();
            assertThat(sitting(1).seating()).isPresent();
        }

        @Test
        void aSubjectIsArrangedWhenOnlyBannedPeopleHaveNoSeat() {
            ban(0);
            arrange();
            List<SubjectProgress> progress = tx(tx -> view.progress(tx, plan));
            assertThat(progress)
                    .extracting(SubjectProgress::state)
                    .containsExactly(SubjectProgress.State.ARRANGED);
        }

        @Test
        void anArrangementOfBannedPeopleAloneIsRefused() {
            ban(0);
            arrange();
            assertThat(codes(arrange())).containsExactly("ARR_BANNED");
        }

        @Test
        void nobodyIsMovedOnceBanned() {
            arrange();
            ban(1);
            Seating seat = sitting(1).seating().orElseThrow();
            SeatChanges open = new SeatChanges(world.clock, SeatingUse.none(), Payments.none());
            ArrangementDecision moved =
                    tx(
                            tx ->
                                    open.move(
                                            tx,
                                            world.body,
                                            plan,
                                            sitting(tx, 1),
                                            new SeatChanges.Target(seat.slot(), seat.room(), 9)));
            assertThat(codes(moved)).containsExactly("ARR_BANNED");
        }

        private SittingId sitting(Tx tx, int person) {
            return new Sittings()
                    .ofPlan(tx, world.tenant, plan.id()).stream()
                            .filter(one -> one.candidate().equals(people.get(person)))
                            .map(Sitting::id)
                            .findFirst()
                            .orElseThrow();
        }

        @Test
        void theSeatOfSomebodyBannedLaterIsTakenBackByTheBodyUntilTheSlotBegins() {
            arrange();
            SittingId sitting = sitting(1).id();
            assertThat(free(world.body, sitting)).containsExactly("ARR_NOT_BANNED");
            ban(1);
            Seating seat = sitting(1).seating().orElseThrow();
            Set<SittingId> named = tx(tx -> changes.banned(tx, plan, seat.slot(), seat.room()));
            assertThat(named).containsExactly(sitting);
            assertThat(free(world.clerk, sitting)).containsExactly("ARR_NOT_ALLOWED");
            world.clock.set(
                    HubWorld.DAY.plusDays(3).atTime(9, 0).atZone(HubWorld.ZONE).toInstant());
            assertThat(free(world.body, sitting)).containsExactly("ARR_SLOT_BEGUN");
            world.clock.set(world.clock.instant().minusMillis(1));
            assertThat(free(world.body, sitting)).isEmpty();
            assertThat(sitting(1).seating()).isEmpty();
            assertThat(free(world.body, sitting)).containsExactly("ARR_SITTING_UNKNOWN");
        }
    }
}
