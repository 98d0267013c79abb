package io.invigil.exam.room;

/** What a candidate's page can say of its camera. */
public enum CameraState {
    WORKS,
    /** The browser was not allowed to use it. */
    DENIED,
    MISSING,
    /** Another program uses it. */
    IN_USE,
    /** It worked and went away. */
    LOST
}
