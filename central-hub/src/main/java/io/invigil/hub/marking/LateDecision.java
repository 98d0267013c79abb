package io.invigil.hub.marking;

import java.time.Instant;

/**
 * A reviewer's decision on an answer that the room kept apart; the highest number counts.
 *
 * @param op the answer, by the page's id of its save
 */
public record LateDecision(
        long sitting,
        String op,
        int number,
        boolean accepted,
        String reason,
        String login,
        Instant at) {}
