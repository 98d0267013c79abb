package io.invigil.protocol.crypto;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key (RFC 8032). Immutable and thread-safe; never printed. */
public final class SigningKey {
    public static final int SEED_BYTES = 32;

    private final Ed25519PrivateKeyParameters key;
    private final VerifyKey verifyKey;

    private SigningKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
        this.verifyKey = VerifyKey.of(key.generatePublicKey().getEncoded());
    }

    public static SigningKey generate(Entropy entropy) {
        return ofSeed(entropy.bytes(SEED_BYTES));
    }

    /** The key with this 32-byte seed. */
    public static SigningKey ofSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new SigningKey(new Ed25519PrivateKeyParameters(seed, 0));
    }

    /** The seed, for storing under a data key. The caller wipes it. */
    public byte[] seed() {
        return key.getEncoded();
    }

    public VerifyKey verifyKey() {
        return verifyKey;
    }

    /** Signs the DSSE encoding of the payload under its type. Returns 64 bytes. */
    public byte[] sign(String type, byte[] payload) {
        byte[] message = Dsse.pae(type, payload);
        byte[] signature = new byte[VerifyKey.SIGNATURE_BYTES];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifyKey.keyId().shortHex() + "]";
    }
}
