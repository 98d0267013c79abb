package io.invigil.exam.room;

/** When a face was compared. */
public enum IdentityMoment {
    BEFORE_START,
    AT_THE_DESK,
    DURING_THE_TEST
}
