package io.invigil.hub.review;

/** What became of a reviewer's decision. */
public sealed interface ReviewOutcome {

    /**
     * @param changed how many sittings changed their state
     */
    record Done(int changed) implements ReviewOutcome {}

    /** Nothing was changed. */
    record Refused(Code code) implements ReviewOutcome {}

    /** Stable codes. */
    enum Code {
        REVIEW_NOT_ALLOWED,
        REVIEW_SITTING_UNKNOWN,
        REVIEW_NOT_HANDED_IN,
        REVIEW_REASON_MISSING,
        REVIEW_TOO_MANY,
        REVIEW_HIGHER_LEVEL,
        REVIEW_LOCKED
    }
}
