package io.invigil.hub.attempt;

import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.HandInCause;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one attempt at a sitting. Times are the node's wall clock: evidence, not order.
 *
 * @param sitting the number of the attempt, see {@link AttemptKey}: the sitting's for the first
 * @param node that reported last
 * @param checkInWay how the candidate was checked in, empty text when not
 * @param paper name of the paper that was begun, empty text before
 * @param granted time granted in the room
 * @param incidents reported for this sitting
 */
public record Attempt(
        long sitting,
        String node,
        Attendance attendance,
        String checkInWay,
        Optional<Instant> startedAt,
        String paper,
        Duration allowed,
        Duration granted,
        Optional<HandIn> handIn,
        Optional<Provisional> provisional,
        int incidents) {

    /** Whether the candidate came. */
    public enum Attendance {
        EXPECTED,
        CHECKED_IN,
        ABSENT
    }

    /** 未考, 考试中, 已考. */
    public enum Progress {
        NOT_TAKEN,
        IN_PROGRESS,
        TAKEN
    }

    /**
     * @param answersDigest hex, over the answers the node holds
     */
    public record HandIn(HandInCause cause, Instant at, int answered, String answersDigest) {}

    /** The node's own objective score. */
    public record Provisional(BigDecimal score, BigDecimal maximum) {}

    public Progress progress() {
        if (handIn.isPresent()) {
            return Progress.TAKEN;
        }
        return startedAt.isPresent() ? Progress.IN_PROGRESS : Progress.NOT_TAKEN;
    }

    /** Marked absent and never begun. */
    public boolean absent() {
        return attendance == Attendance.ABSENT && startedAt.isEmpty();
    }
}
