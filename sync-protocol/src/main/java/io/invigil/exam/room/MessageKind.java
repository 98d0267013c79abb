package io.invigil.exam.room;

/** How words of the room's staff are meant. */
public enum MessageKind {
    /** To everyone of the exam. */
    ANNOUNCEMENT,
    /** To one candidate. */
    MESSAGE,
    /** To one candidate; counts in the review. */
    WARNING
}
