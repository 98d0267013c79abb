package io.invigil.appliance.vision;

/** What keeps a picture from being compared, in the order in which people are told. */
public enum FaceAdvice {
    PICTURE_UNREADABLE,
    NO_FACE,
    TWO_FACES,
    TOO_SMALL,
    TOO_DARK,
    TURNED
}
