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
    CHANGE_DOES_NOT_FIT,
    /** Who, which subject, or which room is not said. */
    CHANGE_INCOMPLETE,
    /** No candidate of the realm has this number. */
    CHANGE_CANDIDATE_UNKNOWN,
    /** No proctor has this number. */
    CHANGE_PROCTOR_UNKNOWN,
    /** The room is not one of the site and slot. */
    CHANGE_ROOM_UNKNOWN,
    /** The subject is not sat in this slot. */
    CHANGE_SUBJECT_UNKNOWN,
    /** The extra candidate has a seat for the subject: that is a change of seat or room. */
    CHANGE_SEATED_ALREADY,
    /** Another feature's rule says no, in its own words. */
    CHANGE_REFUSED
}
