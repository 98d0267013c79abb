package io.invigil.exam.room;

/** Why an answer is kept apart from those that count. */
public enum ApartReason {
    /** It came after the end; nothing the node measured proves that it was written before. */
    LATE_UNPROVEN,

    /** It was written on a machine that had lost the right to write when it came. */
    OTHER_WRITER,

    /** It came in an emergency file that a proctor brought in. */
    EMERGENCY_FILE
}
