package io.invigil.protocol.sim.sync;

import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import java.util.Arrays;
import java.util.Optional;

/**
 * A seal with one shared AES-256-GCM key: no key agreement, so a run is cheap, but every changed
 * byte is still found. Bundles and receipts stay signed with Ed25519.
 */
final class SimSeal implements BundleSeal.Sealer, BundleSeal.Opener {
    private final byte[] key = new byte[Aead.KEY_BYTES];
    private final Digest keyId = Digest.sha256(key);
    private final Entropy entropy;

    SimSeal(Entropy entropy) {
        this.entropy = entropy;
    }

    @Override
    public Digest keyId() {
        return keyId;
    }

    @Override
    public byte[] seal(byte[] header, byte[] plaintext) {
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] sealed = Aead.encrypt(key, nonce, header, plaintext);
        byte[] out = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, out, nonce.length, sealed.length);
        return out;
    }

    @Override
    public boolean knows(Digest id) {
        return id.equals(keyId);
    }

    @Override
    public Optional<byte[]> open(Digest id, byte[] header, byte[] body) {
        if (body.length < Aead.NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(body, Aead.NONCE_BYTES);
        return Aead.decrypt(
                key, nonce, header, Arrays.copyOfRange(body, nonce.length, body.length));
    }
}
