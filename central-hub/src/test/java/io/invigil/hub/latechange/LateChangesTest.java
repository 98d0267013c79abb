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
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
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
        private final LateChanges changes = new LateChanges(TestClock.examMorning());
        private ScoringWorld world;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", LateChanges.class));
        }

        @BeforeEach
        void aRoomRecordsTwoChanges() {
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            ServedRoom room = new ServedRoom(world);
            long sitting = world.person("王小二", "").theorySitting();
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
                                    reason));
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
