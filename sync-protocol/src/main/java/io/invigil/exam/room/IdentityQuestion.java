package io.invigil.exam.room;

/** Why a person is to decide by eye. */
public enum IdentityQuestion {
    /** The camera is missing, in use or not allowed. */
    NO_CAMERA,
    /** The candidate does not want to be compared by a machine. */
    DECLINED,
    /** No photo, or none that a machine can compare with. */
    NO_PHOTO,
    /** No models on this node. */
    NO_MODELS,
    /** The pictures never were good enough. */
    NOT_POSSIBLE,
    /** The page did not answer a check of the running test in time. */
    NO_ANSWER
}
