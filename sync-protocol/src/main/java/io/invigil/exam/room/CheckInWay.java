package io.invigil.exam.room;

/** How a candidate was checked in. */
public enum CheckInWay {
    PHONE_CODE,
    /** The candidate's phone, signed in at the hub's portal, with the code of the screen. */
    PHONE_PORTAL,
    DESK_NUMBER,
    DESK_CAMERA,
    MANUAL;

    /** By the candidate alone, seen by no proctor yet. */
    public boolean byPhone() {
        return this == PHONE_CODE || this == PHONE_PORTAL;
    }
}
