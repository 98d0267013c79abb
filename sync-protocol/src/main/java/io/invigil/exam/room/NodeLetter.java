package io.invigil.exam.room;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Canonical;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How the hub writes to one node (XSP-038): a content sealed to it, named by realm and node, and
 * signed, so that neither the broker nor another node reads or changes it.
 *
 * @param info of the seal, also in its additional data
 * @param bytesMax of what is sealed, with the seal
 */
record NodeLetter(MessageType type, String info, int bytesMax) {

    /** What travels in clear: to whom it goes, and the seal in Base64. */
    private record Envelope(Realm realm, NodeId node, String box) {}

    /** The message as it travels on any carrier. */
    byte[] write(
            Object content,
            Realm realm,
            NodeId node,
            SealPublicKey nodeKey,
            SigningKey hubKey,
            Entropy entropy) {
        byte[] closed = nodeKey.seal(info, aad(realm, node), Json.write(content), entropy).joined();
        Envelope envelope = new Envelope(realm, node, Base64.getEncoder().encodeToString(closed));
        return SignedMessage.sign(type, envelope, hubKey).encode();
    }

    /** Opens a message whose signature was verified; empty when it is not for this node. */
    <T> Optional<T> read(
            SignedMessage message, Realm realm, NodeId node, SealKey key, Class<T> content) {
        return Optional.of(message)
                .filter(one -> one.type() == type)
                .flatMap(one -> one.read(Envelope.class))
                .filter(envelope -> envelope.realm().equals(realm))
                .filter(envelope -> envelope.node().equals(node))
                .flatMap(envelope -> bytes(envelope.box()))
                .flatMap(closed -> key.open(info, aad(realm, node), Sealed.split(closed)))
                .flatMap(plain -> Canonical.read(plain, content));
    }

    private Optional<byte[]> bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length > Sealed.ENC_BYTES && bytes.length <= bytesMax
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] aad(Realm realm, NodeId node) {
        return (info + "|" + realm.value() + "|" + node.value()).getBytes(StandardCharsets.UTF_8);
    }
}
