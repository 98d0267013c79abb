package io.invigil.hub.latechange;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.arrangement.LateSeats;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.LateEntries;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.staffing.Assignments;
import io.invigil.hub.staffing.Proctors;
import io.invigil.hub.staffing.StandIns;
import io.invigil.hub.violation.BannedPeople;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Issue 3, part 6: late changes offline, recorded in the room and reconciled later. */
class LateChangesTest {
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
        private final TestClock clock = TestClock.examMorning();
        private final Proctors proctors = new Proctors(clock);
        private final Assignments assignments = new Assignments(clock, proctors);
        private final LateChanges changes =
                new LateChanges(
                        clock,
                        new Correction(
                                new LateEntries(clock, new BannedPeople()),
                                new LateSeats(new SeededEntropy(8)),
                                new StandIns(proctors, assignments)));
        private ScoringWorld world;
        private ServedRoom room;
        private ScoringWorld.Person first;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", LateChanges.class));
        }

        @BeforeEach
        void aRoomRecordsTwoChanges() {
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            room = new ServedRoom(world);
            first = world.person("王小二", "ab".repeat(32));
            long sitting = first.theorySitting();
            RoomScript script =
                    new RoomScript(world.tenant, ServedRoom.NODE)
                            .add(
                                    change(
                                            room,
                                            "a",
                                            Optional.of(sitting),
                                            LateChangeKind.WRONG_NAME,
                                            "应为王小贰"))
                            .add(
                                    change(
                                            room,
                                            "b",
                                            Optional.empty(),
                                            LateChangeKind.EXTRA_CANDIDATE,
                                            "李四，身份证后四位 1234"));
            script.applyTo(database(), new LateChangeProjection())
                    .applyTo(database(), new LateChangeProjection());
            // another node speaks of this exam: not its own
            new RoomScript(world.tenant, "node-2")
                    .add(change(room, "c", Optional.empty(), LateChangeKind.ROOM_SWAP, "换到别处"))
                    .applyTo(database(), new LateChangeProjection());
        }

        private static ProctorFact change(
                ServedRoom room,
                String id,
                Optional<Long> sitting,
                LateChangeKind kind,
                String detail) {
            return new ProctorFact.LateChange(id, room.exam, sitting, kind, detail, "现场核对身份证");
        }

        private Plan plan(Tx tx) {
            return world.plans.find(tx, world.tenant, world.plan).orElseThrow();
        }

        private List<RoomChange> list(StaffScope scope) {
            return world.inTx(tx -> changes.ofPlan(tx, scope, plan(tx)));
        }

        private ChangeDecision decide(StaffScope scope, String node, String id, String reason) {
            return world.inTx(
                    tx ->
                            changes.decide(
                                            tx,
                                            scope,
                                            plan(tx),
                                            node,
                                            id,
                                            RoomChange.Verdict.ACCEPTED,
                                            reason,
                                            Corrected.named("王小贰"))
                                    .decision());
        }

        private ChangeDecision decide(String id, RoomChange.Verdict verdict, String name) {
            return world.inTx(
                    tx ->
                            changes.decide(
                                            tx,
                                            world.staff,
                                            plan(tx),
                                            ServedRoom.NODE,
                                            id,
                                            verdict,
                                            "核对过",
                                            Corrected.named(name))
                                    .decision());
        }

        private void record(String id, LateChangeKind kind, String detail) {
            new RoomScript(world.tenant, ServedRoom.NODE)
                    .add(change(room, id, Optional.of(first.theorySitting()), kind, detail))
                    .applyTo(database(), new LateChangeProjection());
        }

        private Candidate candidate() {
            return world.inTx(
                            tx ->
                                    new Candidates()
                                            .find(
                                                    tx,
                                                    world.tenant,
                                                    new CandidateId(first.candidate())))
                    .orElseThrow();
        }

        private int seat(ScoringWorld.Person person) {
            SittingId id = new SittingId(person.theorySitting());
            return world.inTx(tx -> new Sittings().find(tx, world.tenant, id))
                    .flatMap(Sitting::seating)
                    .orElseThrow()
                    .seat();
        }

        private long audited(String subject) {
            return world.inTx(
                    tx ->
                            tx.query(
                                            "select count(*) from audit_inbox where tenant = :t"
                                                    + " and subject = :subject")
                                    .bind("t", world.tenant.value())
                                    .bind("subject", subject)
                                    .mapTo(Long.class)
                                    .one());
        }

        @Test
        void acceptingAWrongNameGivesTheRightOneOnceAndTheAuditHasBoth() {
            for (String no : List.of(" ", "字".repeat(101))) {
                assertThat(decide("a", RoomChange.Verdict.ACCEPTED, no))
                        .isEqualTo(ChangeDecision.CHANGE_NAME_MALFORMED);
            }
            assertThat(candidate().name()).isEqualTo("王小二");
            long before = audited("candidate");
            assertThat(decide("a", RoomChange.Verdict.ACCEPTED, "王小贰"))
                    .isEqualTo(ChangeDecision.DONE);
            assertThat(candidate().name()).isEqualTo("王小贰");
            assertThat(audited("candidate")).isEqualTo(before + 1);
            assertThat(decide("a", RoomChange.Verdict.ACCEPTED, "王三"))
                    .isEqualTo(ChangeDecision.CHANGE_DECIDED_BEFORE);
            assertThat(candidate().name()).isEqualTo("王小贰");
        }

        @Test
        void acceptingAWrongPhotoTakesItAway() {
            record("p", LateChangeKind.WRONG_PHOTO, "是另一人");
            assertThat(candidate().hasPhoto()).isTrue();
            assertThat(decide("p", RoomChange.Verdict.ACCEPTED, "")).isEqualTo(ChangeDecision.DONE);
            assertThat(candidate().hasPhoto()).isFalse();
        }

        @Test
        void acceptingASwapExchangesTheSeatsAndOneThatNoLongerFitsIsNotCarriedOut() {
            ScoringWorld.Person second = world.person("李四", "");
            int one = seat(first);
            int two = seat(second);
            record("s", LateChangeKind.SEAT_SWAP, one + " <-> " + two);
            assertThat(decide("s", RoomChange.Verdict.ACCEPTED, "")).isEqualTo(ChangeDecision.DONE);
            assertThat(seat(first)).isEqualTo(two);
            assertThat(seat(second)).isEqualTo(one);
            record("again", LateChangeKind.SEAT_SWAP, one + " <-> " + two);
            assertThat(decide("again", RoomChange.Verdict.ACCEPTED, ""))
                    .isEqualTo(ChangeDecision.CHANGE_DOES_NOT_FIT);
            assertThat(seat(first)).isEqualTo(two);
            record("empty", LateChangeKind.SEAT_SWAP, two + " <-> 99");
            assertThat(decide("empty", RoomChange.Verdict.ACCEPTED, ""))
                    .isEqualTo(ChangeDecision.CHANGE_DOES_NOT_FIT);
        }

        @Test
        void rejectingChangesNothing() {
            record("p", LateChangeKind.WRONG_PHOTO, "是另一人");
            Candidate before = candidate();
            for (String id : List.of("a", "p")) {
                assertThat(decide(id, RoomChange.Verdict.REJECTED, "王三"))
                        .isEqualTo(ChangeDecision.DONE);
            }
            assertThat(candidate()).isEqualTo(before);
        }

        @Test
        void eachChangeStandsOnceBesideWhatIsRegistered() {
            List<RoomChange> found = list(world.staff);
            assertThat(found).extracting(RoomChange::id).containsExactlyInAnyOrder("a", "b");
            RoomChange name =
                    found.stream().filter(one -> one.id().equals("a")).findFirst().orElseThrow();
            assertThat(name.registered().orElseThrow().name()).isEqualTo("王小二");
            assertThat(name.registered().orElseThrow().room()).isEqualTo("13号机房");
            RoomChange extra =
                    found.stream().filter(one -> one.id().equals("b")).findFirst().orElseThrow();
            assertThat(extra.registered()).isEmpty();
        }

        @Test
        void theBodyDecidesOnceWithAReason() {
            String node = ServedRoom.NODE;
            assertThat(decide(world.staff, node, "a", " "))
                    .isEqualTo(ChangeDecision.CHANGE_REASON_MISSING);
            String tooLong = "字".repeat(LateChanges.REASON_CHARS_MAX + 1);
            assertThat(decide(world.staff, node, "a", tooLong))
                    .isEqualTo(ChangeDecision.CHANGE_REASON_MISSING);
            assertThat(decide(world.staff, node, "a", "与户口簿一致")).isEqualTo(ChangeDecision.DONE);
            assertThat(decide(world.second, node, "a", "不对"))
                    .isEqualTo(ChangeDecision.CHANGE_DECIDED_BEFORE);
            List<RoomChange> found = list(world.staff);
            assertThat(found).extracting(RoomChange::id).as("what waits first").startsWith("b");
            RoomChange.Decided decided = found.getLast().decision().orElseThrow();
            assertThat(decided.login()).isEqualTo("body1");
            assertThat(decided.reason()).isEqualTo("与户口簿一致");
        }

        @Test
        void nobodyElseDecidesAndAnotherNodesWordIsNotThere() {
            assertThat(decide(world.school, ServedRoom.NODE, "a", "对"))
                    .isEqualTo(ChangeDecision.CHANGE_NOT_ALLOWED);
            assertThat(decide(world.otherBody, ServedRoom.NODE, "a", "对"))
                    .isEqualTo(ChangeDecision.CHANGE_NOT_ALLOWED);
            assertThat(decide(world.staff, "node-2", "c", "对"))
                    .isEqualTo(ChangeDecision.CHANGE_UNKNOWN);
            assertThat(list(world.school)).hasSize(2);
        }
    }
}
