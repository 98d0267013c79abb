package io.invigil.protocol.crypto;

import java.util.HexFormat;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/** An X25519 public key to which messages are sealed; its id is the SHA-256 of its bytes. */
public final class SealPublicKey {
    private final byte[] encoded;
    private final Digest keyId;

    private SealPublicKey(byte[] encoded) {
        this.encoded = encoded;
        this.keyId = Digest.sha256(encoded);
    }

    public static SealPublicKey of(byte[] encoded) {
        if (encoded.length != SealKey.BYTES) {
            throw new IllegalArgumentException("not an X25519 public key");
        }
        return new SealPublicKey(encoded.clone());
    }

    public static SealPublicKey ofHex(String hex) {
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

    /**
     * Seals a message to this key (RFC 9180, base mode). The ephemeral key comes from the entropy
     * given, so a simulator run is reproducible.
     */
    public Sealed seal(String info, byte[] aad, byte[] plaintext, Entropy entropy) {
        var ephemeral = new X25519PrivateKeyParameters(entropy.bytes(SealKey.BYTES), 0);
        var pair = new AsymmetricCipherKeyPair(ephemeral.generatePublicKey(), ephemeral);
        var context =
                Hpke.suite()
                        .setupBaseS(
                                new X25519PublicKeyParameters(encoded, 0), Hpke.info(info), pair);
        try {
            return new Sealed(context.getEncapsulation(), context.seal(aad, plaintext));
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("sealing cannot fail", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealPublicKey that && keyId.equals(that.keyId);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    @Override
    public String toString() {
        return "SealPublicKey[" + keyId.shortHex() + "]";
    }
}
