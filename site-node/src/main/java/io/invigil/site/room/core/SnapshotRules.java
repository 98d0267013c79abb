package io.invigil.site.room.core;

import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.SnapshotCause;
import java.util.Optional;
import java.util.regex.Pattern;

/** Snapshots of candidates' cameras (S0, section 7: 考试照片抓拍; issue 3, part 6). */
final class SnapshotRules {
    static final int EVERY_SECONDS_MIN = 10;
    static final int EVERY_SECONDS_MAX = 3_600;
    static final int SNAPSHOTS_MAX = 2_000;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private SnapshotRules() {}

    static Decision set(DeskState.Room room, DeskCommand.SetSnapshots c) {
        boolean range =
                c.everySeconds() == 0
                        || c.everySeconds() >= EVERY_SECONDS_MIN
                                && c.everySeconds() <= EVERY_SECONDS_MAX;
        if (!range || !ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return room.snapshotSeconds() == c.everySeconds()
                ? Decision.done()
                : Decision.done(
                        new ProctorFact.SnapshotsSet(c.exam(), c.everySeconds(), c.reason()));
    }

    /** While one sits, and once more for the hand-in that just was. */
    static Decision taken(
            RoomState state, ExamState exam, SittingState sitting, DeskCommand.TakeSnapshot c) {
        if (state.desk().room(exam.exam()).snapshotSeconds() == 0) {
            return Decision.refused(RoomRefusal.SNAPSHOTS_OFF);
        }
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (sitting.handedIn() && c.cause() != SnapshotCause.HAND_IN) {
            return Decision.refused(RoomRefusal.HANDED_IN);
        }
        DeskState.Camera camera = state.desk().camera(AttemptKey.sittingOf(c.sitting()));
        if (camera.snapshots() >= SNAPSHOTS_MAX) {
            return Decision.refused(RoomRefusal.SAVES_EXHAUSTED, "max", SNAPSHOTS_MAX);
        }
        if (!DIGEST.matcher(c.blob()).matches() || c.bytes() <= 0) {
            return Decision.refused(RoomRefusal.ANSWER_MALFORMED);
        }
        SnapshotCause cause = camera.snapshots() == 0 ? SnapshotCause.START : c.cause();
        return camera.last().equals(c.blob())
                ? Decision.done()
                : Decision.done(
                        new ProctorFact.SnapshotTaken(c.sitting(), cause, c.blob(), c.bytes()));
    }

    static Decision told(RoomState state, SittingState sitting, DeskCommand.TellCamera c) {
        Optional<CameraState> known = state.desk().camera(AttemptKey.sittingOf(c.sitting())).told();
        return known.equals(Optional.of(c.camera())) || sitting.handedIn()
                ? Decision.done()
                : Decision.done(new ProctorFact.CameraTold(c.sitting(), c.camera()));
    }
}
