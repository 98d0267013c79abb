package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A part sealed to one node by HPKE: roster and photos. Bound to realm, node, exam, kind and name:
 * a photo cannot stand for another candidate's. Stateless.
 */
public final class SealedPart {
    private static final String INFO = "xsp1 part";

    private SealedPart() {}

    /** Seals a part's content; the result is what travels. */
    public static byte[] seal(
            SealPublicKey nodeKey,
            Realm realm,
            NodeId node,
            String exam,
            PartKind kind,
            String name,
            byte[] content,
            Entropy entropy) {
        return nodeKey.seal(INFO, binding(realm, node, exam, kind, name), content, entropy)
                .joined();
    }

    /** Opens a part; empty when it was sealed to another node, exam, kind or name, or changed. */
    public static Optional<byte[]> open(
            SealKey nodeKey,
            Realm realm,
            NodeId node,
            String exam,
            PartKind kind,
            String name,
            byte[] travelled) {
        if (travelled.length <= Sealed.ENC_BYTES) {
            return Optional.empty();
        }
        return nodeKey.open(INFO, binding(realm, node, exam, kind, name), Sealed.split(travelled));
    }

    private static byte[] binding(
            Realm realm, NodeId node, String exam, PartKind kind, String name) {
        return String.join("\n", "xsp1", realm.value(), node.value(), exam, kind.name(), name)
                .getBytes(StandardCharsets.UTF_8);
    }
}
