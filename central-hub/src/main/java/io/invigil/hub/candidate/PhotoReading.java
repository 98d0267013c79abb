package io.invigil.hub.candidate;

/** What became of reading a picture. */
public sealed interface PhotoReading {

    /**
     * Taken.
     *
     * @param jpeg in the ratio of 295 to 413 pixels, without metadata
     * @param ground of the picture before it was compressed
     */
    record Normalised(byte[] jpeg, PhotoGround ground) implements PhotoReading {}

    record Refused(PhotoIssue code, String detail) implements PhotoReading {}
}
