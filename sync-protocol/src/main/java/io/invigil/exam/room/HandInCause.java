package io.invigil.exam.room;

/** Who or what ended a sitting. */
public enum HandInCause {
    CANDIDATE,
    TIME_UP,
    PROCTOR,
    ROOM_CLOSED
}
