package io.invigil.site.room.core;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomPhase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What someone wants to happen. {@code by} is the author as facts carry it: {@code node}, {@code
 * staff:<login>} or {@code candidate:<sitting>}; who may do what is decided before the core.
 */
public sealed interface RoomCommand
        permits RoomCommand.ExamCommand,
                RoomCommand.AttendanceCommand,
                RoomCommand.ProctorCommand,
                RoomCommand.SittingCommand,
                RoomCommand.ApartCommand,
                DeskCommand {
    String by();

    /** About a whole exam. */
    sealed interface ExamCommand extends RoomCommand {
        String exam();
    }

    /** About being there; {@code sitting} names the candidate's sitting. */
    sealed interface AttendanceCommand extends RoomCommand {
        long sitting();
    }

    /** What proctors do to a running sitting. */
    sealed interface ProctorCommand extends RoomCommand {
        long sitting();
    }

    /** What a candidate does, or the node for the candidate. */
    sealed interface SittingCommand extends RoomCommand {
        long sitting();
    }

    /** The manifest of this version governs from now on; its plan is installed before. */
    record ActivatePackage(String by, String exam, long version, String manifestDigest)
            implements ExamCommand {}

    /**
     * @param how {@code key-release} or {@code release-code}
     * @param trustedMillis best known time, epoch milliseconds; 0 when there is none
     * @param officials staff logins present, for an early opening
     * @param incident id for the incident that an early opening is
     */
    record OpenPaper(
            String by,
            String exam,
            String paper,
            String how,
            long trustedMillis,
            List<String> officials,
            String reason,
            String incident)
            implements ExamCommand {}

    record ChangePhase(String by, String exam, RoomPhase to) implements ExamCommand {}

    /** Ends the exam: hands in who sits, marks absent who never started. */
    record CloseRoom(String by, String exam) implements ExamCommand {}

    /** Comes about every second while the process runs. */
    record Tick(String by, String exam) implements ExamCommand {}

    /**
     * Sitting is empty for an incident of the whole room. {@code incident} is a fresh id, {@code
     * evidence} the hex SHA-256 of a picture that is kept already.
     */
    record ReportIncident(
            String by,
            String exam,
            Optional<Long> sitting,
            String incident,
            String category,
            String statement,
            Optional<String> evidence)
            implements ExamCommand {}

    /** A blob that a fact names is gone for ever; {@code sha256} is hexadecimal. */
    record ReportBlobLost(String by, String exam, String sha256) implements ExamCommand {}

    /** {@code reason} is needed by hand after the time for late starts. */
    record CheckIn(String by, long sitting, CheckInWay way, String reason)
            implements AttendanceCommand {
        public CheckIn(String by, long sitting, CheckInWay way) {
            this(by, sitting, way, "");
        }
    }

    record UndoCheckIn(String by, long sitting, String reason) implements AttendanceCommand {}

    record MarkAbsent(String by, long sitting, String reason) implements AttendanceCommand {}

    record ChangeSeat(String by, long sitting, int seat, String reason)
            implements AttendanceCommand {}

    /**
     * A comparison by the machine; the picture is kept before.
     *
     * @param turned whether the head turn was passed, where it was asked for
     */
    record RecordComparison(
            String by,
            long sitting,
            IdentityMoment moment,
            FaceVerdict verdict,
            double score,
            String model,
            Optional<Double> live,
            Optional<Boolean> turned,
            String blob)
            implements AttendanceCommand {}

    /** The candidate, or the page, asks for the proctor's eye. */
    record AskIdentity(String by, long sitting, IdentityQuestion why)
            implements AttendanceCommand {}

    /**
     * A check of the running test came to no comparison.
     *
     * @param number of the check
     * @param blob a picture for the proctor's eye, kept before
     */
    record MissRecheck(
            String by, long sitting, int number, IdentityQuestion why, Optional<String> blob)
            implements AttendanceCommand {}

    /**
     * The proctor's decision.
     *
     * @param blob picture the decision was made with, if one was taken
     */
    record DecideIdentity(
            String by, long sitting, boolean accepted, String reason, Optional<String> blob)
            implements AttendanceCommand {}

    /** A picture taken at the desk is the photo to compare with from now on. */
    record TakePhoto(String by, long sitting, String blob, String reason)
            implements AttendanceCommand {}

    /** The photo in force is not this person's, or not fit to compare with. */
    record UnbindPhoto(String by, long sitting, String reason) implements AttendanceCommand {}

    /** Makes the next PIN number valid. */
    record ResetPin(String by, long sitting) implements AttendanceCommand {}

    record GrantTime(String by, long sitting, long millis, String reason)
            implements ProctorCommand {}

    record Pause(String by, long sitting, String reason) implements ProctorCommand {}

    record Resume(String by, long sitting, String reason) implements ProctorCommand {}

    /** {@code incident} is a fresh id for the incident that this is. */
    record ForceHandIn(String by, long sitting, String reason, String incident)
            implements ProctorCommand {}

    /** The device asks for the right to write; {@code takeover} takes it from another one. */
    record TakeWriter(String by, long sitting, String device, boolean takeover)
            implements SittingCommand {}

    /** {@code seed} is random. */
    record Start(String by, long sitting, long lease, long seed) implements SittingCommand {}

    /** A further attempt after the one that {@code sitting} names was handed in. */
    record NextAttempt(String by, long sitting) implements SittingCommand {}

    /**
     * @param op the page's own id of this save: {@code [A-Za-z0-9-_]{1,64}}
     * @param revision one more than the last revision of this item the page knows
     * @param held given when the page could not send for a while
     */
    record SaveAnswer(
            String by,
            long sitting,
            long lease,
            String item,
            String op,
            long revision,
            Map<String, List<String>> response,
            Optional<Held> held)
            implements SittingCommand {

        /** A save that goes out as it is made. */
        public SaveAnswer(
                String by,
                long sitting,
                long lease,
                String item,
                String op,
                long revision,
                Map<String, List<String>> response) {
            this(by, sitting, lease, item, op, revision, response, Optional.empty());
        }
    }

    /**
     * A page's account of a save that it held back because the node was out of reach.
     *
     * @param heldMillis since the last key, by the page's monotonic clock
     * @param contactMillis exam time of the node's statement that the page held when it was
     *     written; its signature is verified before the core
     * @param afterContactMillis from that statement to the last key, by the page's clock
     * @param unbroken whether the page ran all that time, without being loaded anew
     */
    record Held(long heldMillis, long contactMillis, long afterContactMillis, boolean unbroken) {}

    /**
     * A play of audio or video is to begin.
     *
     * @param clip item and clip
     * @param play number of the play, one more than were counted
     * @param most 0 for any number
     */
    record PlayClip(String by, long sitting, long lease, String clip, int play, int most)
            implements SittingCommand {}

    /**
     * A page noticed something.
     *
     * @param signal the page's own id of it
     * @param reached whether the node could be reached while it lasted
     */
    record SignalPage(
            String by,
            long sitting,
            long lease,
            String signal,
            PageSignal kind,
            long lastedMillis,
            boolean reached)
            implements SittingCommand {}

    /** About answers that are kept apart from those that count. */
    sealed interface ApartCommand extends RoomCommand {
        long sitting();
    }

    /** An answer out of an emergency file that a proctor brings in. */
    record ImportAnswer(
            String by,
            long sitting,
            String item,
            String op,
            long base,
            Map<String, List<String>> response)
            implements ApartCommand {}

    record DecideApart(String by, long sitting, String op, boolean accepted, String reason)
            implements ApartCommand {}

    record HandIn(String by, long sitting, long lease) implements SittingCommand {}

    record RecordScore(String by, long sitting, BigDecimal score, BigDecimal maximum)
            implements SittingCommand {}
}
