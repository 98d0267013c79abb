package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node changes its record key: signed by the old and the new one (XSP/1 section 10). Until the
 * hub has stored it, either key is valid (fault row 51).
 *
 * @param oldKey hex Ed25519 key in force
 * @param newKey hex Ed25519 key to follow
 * @param newSealKey hex X25519 key to follow
 */
public record NodeKeyRotation(
        int v,
        String realm,
        String node,
        String oldKey,
        String newKey,
        String newSealKey,
        Instant madeAt) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.node-key-rotation.v1+json";
    public static final int BYTES_MAX = 4 * 1024;

    public NodeKeyRotation {
        new Realm(realm);
        new NodeId(node);
        SealPublicKey.ofHex(newSealKey);
        if (v != FORMAT
                || madeAt == null
                || VerifyKey.ofHex(oldKey).equals(VerifyKey.ofHex(newKey))) {
            throw new IllegalArgumentException("a rotation has two different keys");
        }
    }

    public byte[] sign(SigningKey oldSigning, SigningKey newSigning) {
        return SignedEnvelope.sign(TYPE, Json.write(this), List.of(oldSigning, newSigning))
                .encode();
    }

    /** Reads a rotation away from the key in force; empty unless signed by exactly both keys. */
    public static Optional<NodeKeyRotation> read(
            byte[] envelope, Realm realm, NodeId node, VerifyKey inForce) {
        Optional<SignedEnvelope> signed =
                SignedEnvelope.decode(envelope, BYTES_MAX)
                        .filter(candidate -> candidate.keyIds().size() == 2);
        return signed.flatMap(
                        claimed -> Json.read(claimed.unverifiedPayload(), NodeKeyRotation.class))
                .filter(rotation -> rotation.oldKey().equals(inForce.hex()))
                .filter(rotation -> signed.get().verified(TYPE, rotation.bothKeys()).isPresent())
                .filter(rotation -> rotation.realm().equals(realm.value()))
                .filter(rotation -> rotation.node().equals(node.value()));
    }

    private List<VerifyKey> bothKeys() {
        return List.of(VerifyKey.ofHex(oldKey), VerifyKey.ofHex(newKey));
    }
}
