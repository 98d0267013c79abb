package io.invigil.hub.marking;

import java.time.Instant;
import java.util.Optional;

/**
 * Something about a sitting's answers that contradicts itself.
 *
 * @param detail what differs, without names or answers
 * @param settled who closed it and why; empty while it holds the score
 */
public record ScoreAlarm(
        long sitting, Kind kind, String detail, Instant raisedAt, Optional<Settled> settled) {
    public static final int DETAIL_CHARS_MAX = 400;
    public static final int REASON_CHARS_MAX = 1_000;

    /** What contradicts. */
    public enum Kind {
        /** The hub holds other answers than the node's hand-in receipt says. */
        ANSWERS_DIFFER,
        /** One revision of an answer exists with two contents. */
        ANSWERS_FORKED,
        /** The node scored the objective part differently. */
        SCORE_DIFFERS,
        /** The room kept answers apart on which nobody has decided. */
        LATE_UNDECIDED,
        /** The sitting names a paper that the hub does not have. */
        PAPER_UNKNOWN,
        /** The sitting was begun with the paper of another subject. */
        PAPER_OF_OTHER_SUBJECT
    }

    /**
     * @param login empty when later facts settled it
     */
    public record Settled(String login, String reason, Instant at) {}
}
