package io.invigil.exam.room;

/** Who or what ended a sitting. */
public enum HandInCause {
    CANDIDATE,

    /** The candidate left the page, which uses the attempt where the policy says so. */
    LEFT_PAGE,
    TIME_UP,
    PROCTOR,
    ROOM_CLOSED
}
