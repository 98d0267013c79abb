package io.invigil.protocol.crypto;

import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/** An X25519 private key that opens what was HPKE-sealed to it. Immutable; never printed. */
public final class SealKey {
    public static final int BYTES = 32;

    private final X25519PrivateKeyParameters key;
    private final SealPublicKey publicKey;

    private SealKey(X25519PrivateKeyParameters key) {
        this.key = key;
        this.publicKey = SealPublicKey.of(key.generatePublicKey().getEncoded());
    }

    public static SealKey generate(Entropy entropy) {
        return ofBytes(entropy.bytes(BYTES));
    }

    public static SealKey ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an X25519 key has 32 bytes, not " + bytes.length);
        }
        return new SealKey(new X25519PrivateKeyParameters(bytes, 0));
    }

    /** The private bytes, for storing under a data key. The caller wipes them. */
    public byte[] bytes() {
        return key.getEncoded();
    }

    public SealPublicKey publicKey() {
        return publicKey;
    }

    /**
     * Opens a sealed message.
     *
     * @return the plaintext, or empty when the key, info, additional data or any byte differs
     */
    public Optional<byte[]> open(String info, byte[] aad, Sealed sealed) {
        try {
            var pair = new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
            var context = Hpke.suite().setupBaseR(sealed.enc(), pair, Hpke.info(info));
            return Optional.of(context.open(aad, sealed.ciphertext()));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SealKey[" + publicKey.keyId().shortHex() + "]";
    }
}
