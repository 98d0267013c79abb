package io.invigil.exam.room;

/** How a candidate was checked in. */
public enum CheckInWay {
    PHONE_CODE,
    DESK_NUMBER,
    DESK_CAMERA,
    MANUAL
}
