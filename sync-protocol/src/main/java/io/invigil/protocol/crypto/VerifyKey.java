package io.invigil.protocol.crypto;

import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 public key; its key id is the SHA-256 of its 32 bytes. Immutable. */
public final class VerifyKey {
    public static final int BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    private final byte[] encoded;
    private final Digest keyId;

    private VerifyKey(byte[] encoded) {
        this.encoded = encoded;
        this.keyId = Digest.sha256(encoded);
    }

    /**
     * Takes an encoded public key.
     *
     * @throws IllegalArgumentException when it is not a valid point in 32 bytes
     */
    public static VerifyKey of(byte[] encoded) {
        if (encoded.length != BYTES || !Ed25519.validatePublicKeyFull(encoded, 0)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return new VerifyKey(encoded.clone());
    }

    public static VerifyKey ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public Digest keyId() {
        return keyId;
    }

    public byte[] bytes() {
        return encoded.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(encoded);
    }

    /** Whether the signature is this key's over the DSSE encoding of type and payload. */
    public boolean verify(String type, byte[] payload, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        byte[] message = Dsse.pae(type, payload);
        return Ed25519.verify(signature, 0, encoded, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyKey that && keyId.equals(that.keyId);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    @Override
    public String toString() {
        return "VerifyKey[" + keyId.shortHex() + "]";
    }
}
