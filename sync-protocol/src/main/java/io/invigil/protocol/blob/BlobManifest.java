package io.invigil.protocol.blob;

import io.invigil.protocol.crypto.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a blob is made of.
 *
 * @param sha256 digest of the whole content, its name everywhere
 * @param length bytes of the whole content, from 1
 * @param mediaType such as {@code image/jpeg}
 * @param chunkLength bytes of each chunk but the last, 16 to 59 KiB
 * @param chunks SHA-256 of each chunk in order
 */
public record BlobManifest(
        Digest sha256, long length, String mediaType, int chunkLength, List<Digest> chunks) {
    public static final int CHUNK_BYTES_MIN = 16 * 1024;

    /** One KiB below the packet's 60 KiB, for the chunk's own header and seal. */
    public static final int CHUNK_BYTES_MAX = 59 * 1024;

    public static final int CHUNKS_MAX = 512;
    public static final int MEDIA_TYPE_CHARS_MAX = 100;

    public BlobManifest {
        Objects.requireNonNull(sha256);
        chunks = List.copyOf(chunks);
        if (chunkLength < CHUNK_BYTES_MIN || chunkLength > CHUNK_BYTES_MAX) {
            throw new IllegalArgumentException("a chunk has 16 to 59 KiB");
        }
        if (length < 1
                || chunks.size() > CHUNKS_MAX
                || length > (long) chunkLength * CHUNKS_MAX
                || chunks.size() != (length + chunkLength - 1) / chunkLength) {
            throw new IllegalArgumentException("chunks and length do not agree");
        }
        if (mediaType.isEmpty() || mediaType.length() > MEDIA_TYPE_CHARS_MAX) {
            throw new IllegalArgumentException("a media type is short text");
        }
    }

    /** Makes the manifest of content in memory. */
    public static BlobManifest of(byte[] content, String mediaType, int chunkLength) {
        List<Digest> chunks = new ArrayList<>();
        for (int at = 0; at < content.length; at += chunkLength) {
            int end = Math.min(content.length, at + chunkLength);
            chunks.add(Digest.sha256(Arrays.copyOfRange(content, at, end)));
        }
        Digest whole = Digest.sha256(content);
        return new BlobManifest(whole, content.length, mediaType, chunkLength, chunks);
    }

    /** Where a chunk starts in the content. */
    public long offset(int index) {
        return (long) index * chunkLength;
    }

    /** How many bytes chunk {@code index} has. */
    public int lengthOf(int index) {
        return (int) Math.min(chunkLength, length - offset(index));
    }

    /** Whether these bytes are chunk {@code index}, by length and digest. */
    public boolean accepts(int index, byte[] bytes) {
        return index >= 0
                && index < chunks.size()
                && bytes.length == lengthOf(index)
                && chunks.get(index).equals(Digest.sha256(bytes));
    }
}
