package io.invigil.site.room.core;

import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.SnapshotCause;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the proctors' desk does beside check-in and a running sitting's time: words, readmission,
 * compensation, cases of the emergency table, late changes (domain, section 12). Ids are fresh and
 * random; the same id twice is one thing.
 */
public sealed interface DeskCommand extends RoomCommand {

    /** About one sitting, whose exam the state knows. */
    sealed interface SeatCommand extends DeskCommand {
        long sitting();
    }

    /** About an exam. */
    sealed interface RoomWideCommand extends DeskCommand {
        String exam();
    }

    /** Words to one candidate or to all; a warning counts in the review. */
    record Tell(
            String by,
            String exam,
            Optional<Long> sitting,
            String message,
            MessageKind kind,
            String text)
            implements RoomWideCommand {}

    /**
     * Takes a hand-in back.
     *
     * @param millis to add; needed when no time was left
     * @param incident id for the incident that this is
     */
    record Readmit(String by, long sitting, long millis, String reason, String incident)
            implements SeatCommand {}

    /** Gives up a sitting that was not begun, so that another node may have it. */
    record Release(String by, long sitting, String reason) implements SeatCommand {}

    /** The node measured that a page was silent until now. */
    record NoteSilence(String by, long sitting, long silentMillis) implements SeatCommand {}

    /**
     * Gives back what was measured and not given back yet; whoever taps second changes nothing.
     *
     * @param millis another amount than the proposed one
     */
    record Compensate(String by, long sitting, OptionalLong millis, String reason)
            implements SeatCommand {}

    /**
     * Left the room.
     *
     * @param reason what the desk needs out of the window, or before the hand-in
     */
    record CheckOut(String by, long sitting, String reason, CheckInWay way) implements SeatCommand {
        public CheckOut(String by, long sitting, String reason) {
            this(by, sitting, reason, CheckInWay.MANUAL);
        }
    }

    /** The person whom a phone checked in sits there. */
    record ConfirmClaim(String by, long sitting) implements SeatCommand {}

    /**
     * @param sheets of paper received in all
     */
    record TakePapers(String by, long sitting, int sheets, String note) implements SeatCommand {}

    /** {@code blob} is kept already; hexadecimal SHA-256. */
    record TakeSnapshot(String by, long sitting, SnapshotCause cause, String blob, int bytes)
            implements SeatCommand {}

    record TellCamera(String by, long sitting, CameraState camera) implements SeatCommand {}

    /** {@code everySeconds} 0 for none. */
    record SetSnapshots(String by, String exam, int everySeconds, String reason)
            implements RoomWideCommand {}

    record SwapSeats(String by, long sitting, long other, String reason, String change)
            implements SeatCommand {}

    record OpenCase(
            String by,
            String exam,
            Optional<Long> sitting,
            String caseId,
            CaseKind kind,
            String statement)
            implements RoomWideCommand {}

    record PassCaseOn(String by, String exam, String caseId, CaseKind.Owner owner, String note)
            implements RoomWideCommand {}

    record SettleCase(String by, String exam, String caseId, CaseKind.Outcome outcome, String note)
            implements RoomWideCommand {}

    /** Words of the centre, verified and opened before the core. */
    record HearCentre(
            String by, String exam, String word, String from, long sentMillis, String text)
            implements RoomWideCommand {}

    /**
     * A claim that came through the hub's portal, opened and its code checked before the core.
     *
     * @param code {@link PortalAnswer#ARRIVED} when the code counts, else what is wrong with it
     */
    record AnswerPortal(String by, long sitting, long request, PortalAnswer code, boolean leave)
            implements SeatCommand {}

    record ReadCentre(String by, String exam, String word) implements RoomWideCommand {}

    record RecordLateChange(
            String by,
            String exam,
            Optional<Long> sitting,
            String change,
            LateChangeKind kind,
            String detail,
            String reason,
            LateChangeDetails details)
            implements RoomWideCommand {}

    /**
     * Two officials open an account for a stand-in proctor; both logins are verified before the
     * core.
     *
     * @param change id of the late change that this is
     * @param login of the new account
     * @param name of the person, the words of the late change
     * @param details number, room and who is replaced
     * @param witness login of the second official
     */
    record OpenStandIn(
            String by,
            String exam,
            String change,
            String login,
            String name,
            String reason,
            LateChangeDetails details,
            String passwordHash,
            String witness)
            implements RoomWideCommand {}
}
