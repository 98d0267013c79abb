package io.invigil.hub.latechange;

/** What became of a decision on a late change. */
public enum ChangeDecision {
    DONE,
    CHANGE_UNKNOWN,
    CHANGE_NOT_ALLOWED,
    CHANGE_REASON_MISSING,
    CHANGE_DECIDED_BEFORE
}
