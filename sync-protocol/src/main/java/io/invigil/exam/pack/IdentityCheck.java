package io.invigil.exam.pack;

/** What the exam asks for before a sitting may start (domain, section 10). */
public enum IdentityCheck {
    /** Nothing beyond check-in. */
    OFF,
    /** The proctor compares person and photo. */
    BY_EYE,
    /** The face is compared; whoever is not accepted is decided by the proctor. */
    FACE,
    /** As {@link #FACE}, with a head turn in random order as proof of life. */
    FACE_AND_TURN;

    /** Whether a sitting needs a settled identity before it starts. */
    public boolean needed() {
        return this != OFF;
    }

    /** Whether a camera picture is compared with the photo. */
    public boolean compares() {
        return this == FACE || this == FACE_AND_TURN;
    }
}
