package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Digest;
import java.util.regex.Pattern;

/**
 * One part of a package, named by content.
 *
 * @param name unique in the manifest; for a paper its id, for an asset {@code paper/name}
 * @param sha256 hex digest of the bytes as they travel (ciphertext when sealed)
 * @param bytes length as it travels
 */
public record Part(String name, PartKind kind, String sha256, long bytes) {
    public static final long BYTES_MAX = 64L * 1024 * 1024;
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_./:\\-]{0,159}");

    public Part {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException("not a part name");
        }
        if (kind == null || bytes < 1 || bytes > BYTES_MAX) {
            throw new IllegalArgumentException("part out of range: " + name);
        }
        Digest.ofHex(sha256);
    }

    /** The part of these bytes. */
    public static Part of(String name, PartKind kind, byte[] content) {
        return new Part(name, kind, Digest.sha256(content).hex(), content.length);
    }

    public Digest digest() {
        return Digest.ofHex(sha256);
    }
}
