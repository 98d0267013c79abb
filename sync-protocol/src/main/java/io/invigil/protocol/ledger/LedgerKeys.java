package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.KeyDerivation;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SigningKey;

/**
 * Keys a ledger needs: the node's data key (only a key derived from it is kept), the hub's recovery
 * key to which every segment key is sealed too, and the key that signs checkpoints. Never printed.
 */
public final class LedgerKeys {
    private final byte[] wrappingKey;
    private final SealPublicKey recoveryKey;
    private final SigningKey signingKey;

    /**
     * @param dataKey the node's 32-byte data key; not kept
     */
    public LedgerKeys(byte[] dataKey, SealPublicKey recoveryKey, SigningKey signingKey) {
        if (dataKey.length != Aead.KEY_BYTES) {
            throw new IllegalArgumentException("a data key has " + Aead.KEY_BYTES + " bytes");
        }
        this.wrappingKey =
                KeyDerivation.hkdf(dataKey, new byte[0], "xsp1 ledger wrap", Aead.KEY_BYTES);
        this.recoveryKey = recoveryKey;
        this.signingKey = signingKey;
    }

    byte[] wrappingKey() {
        return wrappingKey.clone();
    }

    SealPublicKey recoveryKey() {
        return recoveryKey;
    }

    SigningKey signingKey() {
        return signingKey;
    }

    @Override
    public String toString() {
        return "LedgerKeys[" + recoveryKey + ", " + signingKey + "]";
    }
}
