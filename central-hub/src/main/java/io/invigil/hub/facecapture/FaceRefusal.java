package io.invigil.hub.facecapture;

/** Why nothing was captured, or nothing unbound. Names are stable codes of texts. */
public enum FaceRefusal {
    /** The privacy notice was changed since the page was opened. */
    FACE_NOTICE_CHANGED,
    /** The box under the notice was not ticked. */
    FACE_NOT_AGREED,
    /** Nobody agreed, or the candidate declined. */
    FACE_NO_CONSENT,
    /** There is a picture; the school must unbind it first. */
    FACE_BOUND,
    FACE_NOT_BOUND,
    /** An unbinding says why. */
    FACE_REASON_MISSING,
    FACE_TOO_OFTEN,
    /** The code is wrong, used, or older than its minutes. */
    FACE_LINK_OVER
}
