package io.invigil.hub.latechange;

/** What became of a decision on a late change. */
public enum ChangeDecision {
    DONE,
    CHANGE_UNKNOWN,
    CHANGE_NOT_ALLOWED,
    CHANGE_REASON_MISSING,
    CHANGE_DECIDED_BEFORE,
    /** The corrected name is missing or no name. */
    CHANGE_NAME_MALFORMED,
    /** Registration or arrangement no longer say what the room found wrong. */
    CHANGE_DOES_NOT_FIT
}
