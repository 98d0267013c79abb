package io.invigil.protocol.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.hpke.HPKE;

/** The HPKE suite of the realm: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
final class Hpke {
    private Hpke() {}

    static HPKE suite() {
        return new HPKE(
                HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    static byte[] info(String info) {
        return info.getBytes(StandardCharsets.UTF_8);
    }
}
