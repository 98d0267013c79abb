package io.invigil.hub.pack;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.paper.PackageSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps package secrets encrypted under a key of the hub's data key, bound to the exam's name. */
final class SecretBox {
    private final byte[] key;
    private final Entropy entropy;

    /**
     * @param key 32 bytes, used for nothing else
     */
    SecretBox(byte[] key, Entropy entropy) {
        this.key = key.clone();
        this.entropy = entropy;
    }

    byte[] close(String exam, PackageSecrets secrets) {
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] sealed = Aead.encrypt(key, nonce, aad(exam), secrets.encode());
        byte[] out = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, out, nonce.length, sealed.length);
        return out;
    }

    PackageSecrets open(String exam, byte[] stored) {
        byte[] nonce = Arrays.copyOf(stored, Aead.NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(stored, Aead.NONCE_BYTES, stored.length);
        return Aead.decrypt(key, nonce, aad(exam), sealed)
                .flatMap(PackageSecrets::decode)
                .orElseThrow(() -> new PackageSecretsDamaged(exam));
    }

    private static byte[] aad(String exam) {
        return ("invigil package secrets " + exam).getBytes(StandardCharsets.UTF_8);
    }

    /** The secrets of a package do not open: another data key, or changed in the database. */
    static final class PackageSecretsDamaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PackageSecretsDamaged(String exam) {
            super("the secrets of " + exam + " do not open");
        }
    }
}
