package io.invigil.exam.room;

/**
 * What a comparison says. Nobody is locked out by a machine: the last two only ask the proctor, who
 * decides by eye with both pictures and a reason (domain, section 10).
 */
public enum FaceVerdict {
    ACCEPT,
    ASK_PROCTOR,
    MISMATCH
}
