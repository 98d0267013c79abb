package io.invigil.hub.certificate;

import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The issuer's keys: one that signs, and all whose certificates are still to be verified.
 *
 * @param known public keys of former signing keys
 */
public record CertificateKeys(SigningKey signing, List<VerifyKey> known) {
    public CertificateKeys {
        known = List.copyOf(known);
    }

    List<VerifyKey> verifying() {
        List<VerifyKey> all = new ArrayList<>(known);
        all.add(signing.verifyKey());
        return all;
    }
}
