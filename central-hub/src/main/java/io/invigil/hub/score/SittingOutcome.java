package io.invigil.hub.score;

/** Where a registered sitting ends up; each is in exactly one. */
public enum SittingOutcome {
    /** No record of it has arrived. */
    NOT_ARRIVED,
    ABSENT,
    /** Begun, but no hand-in has arrived. */
    INTERRUPTED,
    PENDING_REVIEW,
    REJECTED,
    /** Passed review, but an open alarm holds the score. */
    HELD,
    SCORED;

    /** Whether a score is entered for it: a number, or none for a stated cause. */
    public boolean isEntered() {
        return this == SCORED || this == ABSENT || this == REJECTED;
    }
}
