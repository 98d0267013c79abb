package io.invigil.exam.room;

/** Why a snapshot was taken (S0, section 7; issue 3, part 6). */
public enum SnapshotCause {
    START,
    RANDOM,
    /** The page lost the focus or became hidden. */
    SIGNAL,
    HAND_IN
}
