package io.invigil.exam.room;

/** Why a face is checked while the test is on. */
public enum RecheckCause {
    /** The random moment came. */
    RANDOM,
    /** The candidate came back to the page. */
    RETURNED
}
