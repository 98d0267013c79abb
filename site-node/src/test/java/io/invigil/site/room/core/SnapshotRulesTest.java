package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.EXAM;
import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.SnapshotCause;
import io.invigil.protocol.fact.Lane;
import org.junit.jupiter.api.Test;

/** S0 section 7 and issue 3 part 6: snapshots of candidates' cameras, off unless switched on. */
class SnapshotRulesTest {
    private final RoomFixture room = RoomFixture.sitting();

    @Test
    void noSnapshotIsTakenUnlessTheRoomTakesThem() {
        assertThat(room.refusal(take(1, 1))).isEqualTo(RoomRefusal.SNAPSHOTS_OFF);
        room.ok(set(60));
        assertThat(room.ok(take(1, 1)).facts()).hasSize(1);
        room.ok(set(0));
        assertThat(room.refusal(take(1, 2))).isEqualTo(RoomRefusal.SNAPSHOTS_OFF);
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void theFirstOneIsTheStartsAndTravelsInTheLaneOfImages() {
        room.ok(set(60));
        var first = (ProctorFact.SnapshotTaken) room.ok(take(1, 1)).facts().get(0);
        assertThat(first.cause()).isEqualTo(SnapshotCause.START);
        assertThat(first.lane()).isEqualTo(Lane.IMG);
        var second = (ProctorFact.SnapshotTaken) room.ok(take(1, 2)).facts().get(0);
        assertThat(second.cause()).isEqualTo(SnapshotCause.RANDOM);
        assertThat(room.ok(take(1, 2)).facts()).as("the same picture again").isEmpty();
        assertThat(room.state.desk().camera(1).snapshots()).isEqualTo(2);
    }

    @Test
    void afterTheHandInOnlyItsOwnPictureCounts() {
        room.ok(set(60));
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        assertThat(room.refusal(take(1, 1))).isEqualTo(RoomRefusal.HANDED_IN);
        room.ok(
                new DeskCommand.TakeSnapshot(
                        "candidate:1", 1, SnapshotCause.HAND_IN, digest(2), 9_000));
        assertThat(room.refusal(take(2, 3))).isEqualTo(RoomRefusal.NOT_STARTED);
    }

    @Test
    void theIntervalHasLimitsAndTheSwitchAReason() {
        assertThat(room.refusal(set(9))).isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(set(3_601))).isEqualTo(RoomRefusal.REASON_NEEDED);
        room.ok(set(10));
        room.ok(set(3_600));
        assertThat(room.ok(set(3_600)).facts()).isEmpty();
        assertThat(room.refusal(new DeskCommand.SetSnapshots(PROCTOR, EXAM, 60, " ")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
    }

    @Test
    void oneSittingHasALimitOfSnapshots() {
        room.ok(set(60));
        for (int n = 0; n < SnapshotRules.SNAPSHOTS_MAX; n++) {
            room.ok(take(1, n));
        }
        assertThat(room.refusal(take(1, SnapshotRules.SNAPSHOTS_MAX)))
                .isEqualTo(RoomRefusal.SAVES_EXHAUSTED);
    }

    @Test
    void whatTheCameraCannotDoIsToldOnceAndStopsNobody() {
        var denied = new DeskCommand.TellCamera("candidate:1", 1, CameraState.DENIED);
        assertThat(room.ok(denied).facts()).hasSize(1);
        assertThat(room.ok(denied).facts()).isEmpty();
        assertThat(room.state.desk().camera(1).told()).contains(CameraState.DENIED);
        room.ok(room.save(1, "q1", 1, "A"));
    }

    private static DeskCommand set(int seconds) {
        return new DeskCommand.SetSnapshots(PROCTOR, EXAM, seconds, "as the notice says");
    }

    private static DeskCommand take(long sitting, int number) {
        return new DeskCommand.TakeSnapshot(
                "candidate:" + sitting, sitting, SnapshotCause.RANDOM, digest(number), 9_000);
    }

    private static String digest(int number) {
        return "%064x".formatted(number + 1);
    }
}
