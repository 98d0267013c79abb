package io.invigil.protocol.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: 32 bytes with value equality. Immutable. */
public final class Digest implements Comparable<Digest> {
    public static final int BYTES = 32;
    public static final Digest ZERO = new Digest(new byte[BYTES]);

    private final byte[] value;

    private Digest(byte[] value) {
        this.value = value;
    }

    /**
     * Wraps 32 bytes (copied).
     *
     * @throws IllegalArgumentException when the length is not 32
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        return new Digest(bytes.clone());
    }

    /**
     * Parses 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    @JsonCreator
    public static Digest ofHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a digest has 64 hexadecimal digits");
        }
        return new Digest(HexFormat.of().parseHex(hex));
    }

    /** SHA-256 over the concatenation of the parts. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Digest(digest.digest());
    }

    /** A fresh incremental SHA-256, for streams. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("the JDK has no SHA-256", missing);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return value.clone();
    }

    @JsonValue
    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    /** The first eight hexadecimal digits, for people and logs. */
    public String shortHex() {
        return hex().substring(0, 8);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    /** Constant-time, because digests also stand for secrets' commitments. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
