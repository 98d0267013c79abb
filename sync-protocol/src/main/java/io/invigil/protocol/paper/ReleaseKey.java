package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Entropy;
import java.security.MessageDigest;
import java.util.Arrays;

/** K_rel: 256 random bits that open a package's papers together with the node's key. */
public final class ReleaseKey {
    public static final int BYTES = 32;

    /**
     * The release key of rehearsal papers, known to all: 32 zero bytes. It proves the day before
     * that the node's half, the wraps and the format work.
     */
    public static final ReleaseKey REHEARSAL = new ReleaseKey(new byte[BYTES]);

    private final byte[] value;

    private ReleaseKey(byte[] value) {
        this.value = value;
    }

    public static ReleaseKey random(Entropy entropy) {
        return new ReleaseKey(entropy.bytes(BYTES));
    }

    /** Takes the 32 bytes back from where the node kept them under its data key. */
    public static ReleaseKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a release key has 32 bytes");
        }
        return new ReleaseKey(bytes.clone());
    }

    /** The bytes, to be stored under a data key only. */
    public byte[] bytes() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReleaseKey that && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "ReleaseKey[hidden]";
    }
}
