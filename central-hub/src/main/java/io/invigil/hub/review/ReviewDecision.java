package io.invigil.hub.review;

import java.time.Instant;

/**
 * A person's decision on a sitting; the highest number counts.
 *
 * @param level of who decided
 * @param reason needed for a rejection and for reopening
 */
public record ReviewDecision(
        long sitting,
        int number,
        ReviewState decision,
        String reason,
        String login,
        ReviewLevel level,
        Instant at) {
    public static final int REASON_CHARS_MAX = 1_000;
}
