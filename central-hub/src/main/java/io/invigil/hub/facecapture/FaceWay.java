package io.invigil.hub.facecapture;

/** By which way somebody acted; the names stand in the database. */
public enum FaceWay {
    /** Signed in at the portal. */
    PORTAL,
    /** A phone that a code led here. */
    PHONE,
    /** A member of the school's staff. */
    STAFF
}
