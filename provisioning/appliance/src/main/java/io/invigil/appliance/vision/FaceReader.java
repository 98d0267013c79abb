package io.invigil.appliance.vision;

/**
 * Reads faces out of pictures. Thread-safe; a call takes some milliseconds of one processor and
 * waits while all workers are busy.
 */
public interface FaceReader {
    /** Longest picture that is looked at, in bytes. */
    int PICTURE_BYTES_MAX = 4 * 1024 * 1024;

    /** Most pixels of a picture that is decoded. */
    long PICTURE_PIXELS_MAX = 16_000_000;

    /** Which model makes the features, and from which score on they mean something. */
    FaceScale scale();

    /**
     * Looks at one JPEG or PNG picture.
     *
     * @return what it shows; a picture that cannot be read is advice, never an exception
     */
    FaceReading read(byte[] picture);

    /** As {@link #read}, with the liveness hint when its models are installed: camera frames. */
    FaceReading readLive(byte[] picture);
}
