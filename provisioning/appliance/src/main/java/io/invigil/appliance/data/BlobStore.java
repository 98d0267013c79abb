package io.invigil.appliance.data;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Content-addressed files: the name is the SHA-256 of the content. Thread-safe. The directory is
 * {@link DirectoryBlobs}; an object store can stand behind the same port.
 */
public interface BlobStore {

    /**
     * Stores the content durably and returns its name; storing the same content again is harmless.
     *
     * @throws BlobTooLarge after more than {@code bytesMax} bytes; nothing is kept
     */
    Digest put(InputStream content, long bytesMax) throws IOException;

    /**
     * Stores content whose name is known.
     *
     * @throws BlobMismatch when the content is other; nothing is kept
     */
    void put(Digest expected, InputStream content, long bytesMax) throws IOException;

    /** The content; the caller closes it. Empty when there is none. */
    Optional<InputStream> open(Digest digest) throws IOException;

    /** Length in bytes; empty when there is none. */
    Optional<Long> length(Digest digest) throws IOException;

    /** Removes the content; false when there was none. */
    boolean delete(Digest digest) throws IOException;

    /** More content arrived than was announced as the most. */
    final class BlobTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        public BlobTooLarge(long bytesMax) {
            super("more than " + bytesMax + " bytes");
        }
    }

    /** The content has another SHA-256 than announced. */
    final class BlobMismatch extends IOException {
        private static final long serialVersionUID = 1L;

        public BlobMismatch(Digest expected, Digest actual) {
            super("content is " + actual.shortHex() + ", announced was " + expected.shortHex());
        }
    }
}
