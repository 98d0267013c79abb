package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.VerifyKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node as the hub knows it.
 *
 * @param site code of the centre it belongs to; bundles that claim another are parked (row 79)
 * @param exams packages assigned to it, now or before
 * @param keys its record-signing keys, current and old
 */
public record NodeStanding(String site, Set<String> exams, List<KeyStanding> keys) {
    public NodeStanding {
        exams = Set.copyOf(exams);
        keys = List.copyOf(keys);
    }

    public Optional<KeyStanding> key(Digest keyId) {
        return keys.stream().filter(k -> k.key().keyId().equals(keyId)).findFirst();
    }

    public Optional<VerifyKey> verifyKey(Digest keyId) {
        return key(keyId).map(KeyStanding::key);
    }

    /** The key, unless it is revoked. */
    public Optional<VerifyKey> goodKey(Digest keyId) {
        return key(keyId).filter(k -> !k.revoked()).map(KeyStanding::key);
    }
}
