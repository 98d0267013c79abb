package io.invigil.hub.candidate;

/** What became of reading a picture. */
sealed interface PhotoReading {

    /** JPEG of 295 × 413 pixels without metadata. */
    record Normalised(byte[] jpeg) implements PhotoReading {}

    record Refused(PhotoIssue code, String detail) implements PhotoReading {}
}
