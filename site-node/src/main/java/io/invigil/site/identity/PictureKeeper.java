package io.invigil.site.identity;

import java.util.Optional;

/** Where pictures go that facts name: the blobs of the room. Thread-safe. */
public interface PictureKeeper {
    /**
     * Keeps a picture durably.
     *
     * @return its hex SHA-256; empty when the disk has no room for it
     */
    Optional<String> keep(String exam, String mediaType, byte[] picture);

    /** A kept picture; empty when it is not here or damaged. */
    Optional<byte[]> read(String sha256);
}
