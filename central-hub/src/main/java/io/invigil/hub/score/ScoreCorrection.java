package io.invigil.hub.score;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of an entered score: proposed by one person, decided by another.
 *
 * @param number from 1 within the sitting
 */
public record ScoreCorrection(
        long sitting,
        int number,
        BigDecimal before,
        BigDecimal after,
        String reason,
        State state,
        String proposedBy,
        Instant proposedAt,
        Optional<Decided> decided) {
    public static final int REASON_CHARS_MAX = 1_000;

    /** Proposed → approved or declined. */
    public enum State {
        PROPOSED,
        APPROVED,
        DECLINED
    }

    /** Who decided and when. */
    public record Decided(String login, Instant at) {}
}
