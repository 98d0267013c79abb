package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.VerifyKey;

/** One Ed25519 signature and the id of the key that made it. The array is not to be changed. */
@SuppressWarnings("ArrayRecordComponent")
public record Signature(Digest keyId, byte[] value) {
    /** Length on the wire: key id and signature. */
    public static final int BYTES = Digest.BYTES + VerifyKey.SIGNATURE_BYTES;

    /** A message has at least one signature and at most this many. */
    public static final int COUNT_MAX = 4;

    public Signature {
        if (value.length != VerifyKey.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("an Ed25519 signature has 64 bytes");
        }
    }
}
