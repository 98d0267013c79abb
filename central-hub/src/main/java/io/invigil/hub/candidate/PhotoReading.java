package io.invigil.hub.candidate;

/** What became of reading a picture. */
public sealed interface PhotoReading {

    /** JPEG in the ratio of 295 to 413 pixels, without metadata. */
    record Normalised(byte[] jpeg) implements PhotoReading {}

    record Refused(PhotoIssue code, String detail) implements PhotoReading {}
}
