package io.invigil.site.room.core;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.room.AttemptKey;
import java.util.Map;
import java.util.Optional;

/**
 * What the core needs of a package: places and times, no names. It comes from the package on disk
 * and not from the facts, so a later version replaces it.
 *
 * @param exam name of the package
 * @param version of the manifest
 * @param manifestDigest hex SHA-256 of the signed manifest
 * @param slotStartMillis planned start of the slot, epoch milliseconds
 * @param slotEndMillis planned end of the slot, epoch milliseconds
 * @param lateStartMinutes minutes after the start in which one may still start
 * @param roomSeats seats of each room of this node, by its name
 * @param places every sitting of the exam at this node
 * @param page what the candidates' pages watch
 * @param identity what is asked for before a start
 * @param checkInOpensMinutes minutes before the start from which one checks in
 * @param attendance how one leaves
 * @param attempts how often one may sit
 * @param rechecks face checks during the test
 */
public record ExamPlan(
        String exam,
        long version,
        String manifestDigest,
        long slotStartMillis,
        long slotEndMillis,
        int lateStartMinutes,
        Map<String, Integer> roomSeats,
        Map<Long, Place> places,
        IdentityCheck identity,
        PageRules page,
        int checkInOpensMinutes,
        AttendanceWindows attendance,
        AttemptRules attempts,
        FaceRechecks rechecks) {

    public ExamPlan {
        if (slotEndMillis <= slotStartMillis || lateStartMinutes < 0 || checkInOpensMinutes < 0) {
            throw new IllegalArgumentException("a slot ends after it starts");
        }
        roomSeats = Map.copyOf(roomSeats);
        places = Map.copyOf(places);
    }

    /** First moment of check-in by the plan, epoch milliseconds. */
    public long checkInOpensAt() {
        return slotStartMillis - checkInOpensMinutes * 60_000L;
    }

    /** Last moment of check-out by one's own code, epoch milliseconds. */
    public long checkOutUntil() {
        return slotEndMillis + attendance.checkOutMinutes() * 60_000L;
    }

    /** Where the sitting is; all its attempts are there. */
    public Optional<Place> place(long sitting) {
        return Optional.ofNullable(places.get(AttemptKey.sittingOf(sitting)));
    }

    /**
     * Where and for how long one sits.
     *
     * @param seat seat in the roster, from 1
     * @param subject subject number
     * @param paper name of the paper part; empty text for a class session without a test
     * @param minutes minutes of the subject
     * @param extraMinutes granted beforehand to this candidate
     */
    public record Place(
            String room, int seat, String subject, String paper, int minutes, int extraMinutes) {
        public Place {
            if (seat < 1 || minutes < 1 || extraMinutes < 0) {
                throw new IllegalArgumentException("a place needs a seat and minutes");
            }
        }

        /** Whether there is a test; a class session may have none. */
        public boolean hasPaper() {
            return !paper.isEmpty();
        }

        public long allowedMillis() {
            return (minutes + (long) extraMinutes) * 60_000;
        }
    }
}
