package io.invigil.site.attendance;

import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.ledger.Durability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a proctor sees of one exam; JSON of {@code GET /api/room/{exam}/state}.
 *
 * @param counts number of sittings in each state
 * @param openedPapers papers that are open; {@code papers} are all
 * @param checkInNeedsReason whether check-in is not open yet or too late: the desk gives a reason
 * @param presence who came and who left
 * @param slotRemainingMillis until the slot's end by the node's own clock, once running
 * @param stale whether the package is past its time: a warning
 * @param receivedByCentre sittings whose last result record the centre has receipted
 */
public record SeatMap(
        String exam,
        String plan,
        String zone,
        Instant slotStart,
        Instant slotEnd,
        RoomPhase phase,
        Set<RoomPhase> nextPhases,
        List<Paper> papers,
        Optional<Long> slotRemainingMillis,
        boolean checkInNeedsReason,
        boolean stale,
        long manifestVersion,
        Durability durability,
        boolean storageHalted,
        Map<SeatState, Integer> counts,
        Presence presence,
        int receivedByCentre,
        int incidents,
        int snapshotSeconds,
        List<Interruption> interruptions,
        List<Room> rooms) {

    /** The state that the map tints by. */
    public enum SeatState {
        EXPECTED,
        CHECKED_IN,
        ABSENT,
        WORKING,
        PAUSED,
        HANDED_IN
    }

    /**
     * How many arrived, and how many of them left.
     *
     * @param checkOutOpen whether one leaves now without a reason
     * @param handInLeaves whether handing in counts as leaving
     */
    public record Presence(int arrived, int left, boolean checkOutOpen, boolean handInLeaves) {}

    public record Paper(String paper, List<String> subjects, boolean open) {}

    /**
     * A time without node, to be made good by granted time.
     *
     * @param newBoot the machine was down: exam time stood still; else it ran on
     */
    public record Interruption(long lostMillis, long wallMillis, boolean newBoot) {}

    /** Seats are numbered from 1, row by row with this many columns. */
    public record Room(String name, String address, int seats, int columns, List<Seat> taken) {}

    /**
     * @param seenMillisAgo since the candidate's page last spoke to the node; empty: never since
     *     the process started
     * @param savedMillisAgo since the last answer
     * @param indicators what else is to be said of the seat, the worst first
     */
    public record Seat(
            int seat,
            boolean moved,
            long sitting,
            String name,
            String admissionNumber,
            String candidateNumber,
            String subject,
            boolean photo,
            SeatState state,
            Optional<String> absentReason,
            int answered,
            Optional<Long> remainingMillis,
            int extraMinutes,
            long grantedMillis,
            Optional<Long> seenMillisAgo,
            Optional<Long> savedMillisAgo,
            boolean receivedByCentre,
            int incidents,
            long writerLease,
            Desk desk,
            List<Shown> indicators) {}

    /** An indicator that holds at a seat. */
    public record Shown(SeatIndicator why, SeatIndicator.Level level) {}

    /**
     * What the desk knows of a seat.
     *
     * @param lostMillis exam time lost to outages as the node measured it; a silence that still
     *     lasts is not in it
     * @param proposedMillis to be given back, in whole minutes
     * @param arrived time of day by the room's clock and zone; {@code left} likewise
     * @param claimOpen checked in by phone, not seen by a proctor yet
     * @param sheets answers on paper that the desk received
     * @param lastPicture hex SHA-256 of the newest snapshot, empty text when there is none
     * @param openCases cases and calls for help that nobody settled
     */
    public record Desk(
            long lostMillis,
            long compensatedMillis,
            long proposedMillis,
            int warnings,
            boolean handedInByTime,
            List<CaseKind> openCases,
            Optional<String> arrived,
            Optional<String> left,
            boolean claimOpen,
            int sheets,
            Optional<CameraState> camera,
            int snapshots,
            String lastPicture) {}
}
