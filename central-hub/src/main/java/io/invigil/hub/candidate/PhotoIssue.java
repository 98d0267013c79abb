package io.invigil.hub.candidate;

/** Why a photo, or a whole zip of photos, is not taken. Names are stable codes. */
public enum PhotoIssue {
    /** The file is no zip. */
    PHOTOS_NOT_ZIP,
    PHOTOS_BROKEN,
    /** No entry that could be a photo. */
    PHOTOS_EMPTY,
    PHOTOS_TOO_MANY,
    /** All entries together unpack to more than is allowed. */
    PHOTOS_TOO_LARGE,
    /** The entry's name leads out of the zip. */
    PHOTO_PATH_ESCAPES,
    /** The name is not {@code <ID number>.jpg} or {@code .png}. */
    PHOTO_NAME_MALFORMED,
    /** No candidate of the school has this ID number. */
    PHOTO_ID_UNKNOWN,
    /** Two entries for one ID number. */
    PHOTO_DOUBLE,
    PHOTO_TOO_LARGE,
    /** The entry is longer or shorter than the zip says. */
    PHOTO_SIZE_LIE,
    PHOTO_ENTRY_BROKEN,
    /** Neither JPEG nor PNG, whatever the name says. */
    PHOTO_NOT_PICTURE,
    PHOTO_UNREADABLE,
    PHOTO_TOO_MANY_PIXELS,
    PHOTO_TOO_SMALL,
    /** Not near 295:413. */
    PHOTO_RATIO,
    /** The ground is not of the colour that the rule asks for. */
    PHOTO_NOT_RED,
    PHOTO_NOT_BLUE,
    PHOTO_NOT_WHITE,
    /** Only asked when face models are installed. */
    PHOTO_NO_FACE,
    PHOTO_TWO_FACES,
    PHOTO_FACE_SMALL
}
