package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Base64Text;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the hub answers: name, certificates and where to go. It travels sealed to the node's seal
 * key (so only who holds that key is enrolled) and signed by the hub, beside the trust root.
 *
 * @param requestDigest hex digest of the request it answers
 * @param shard first hexadecimal digit of SHA-256(node), in the MQTT topics
 * @param clientChain PEM, leaf first
 * @param serverChain PEM, leaf first
 * @param hubUrl base of {@code /x1/…}, such as {@code https://hub.example:8443}
 * @param mqttUri such as {@code ssl://hub.example:8883}
 */
public record EnrolmentReply(
        int v,
        String realm,
        String node,
        String shard,
        String siteName,
        String requestDigest,
        String clientChain,
        String serverChain,
        String hubUrl,
        String mqttUri,
        Instant issuedAt) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.enrolment-reply.v1";
    public static final int BYTES_MAX = 256 * 1024;
    private static final String INFO = "xsp1 enrolment reply";
    private static final int CHAIN_CHARS_MAX = 32 * 1024;

    public EnrolmentReply {
        new Realm(realm);
        new NodeId(node);
        Digest.ofHex(requestDigest);
        if (v != FORMAT || !shard.matches("[0-9a-f]") || issuedAt == null) {
            throw new IllegalArgumentException("enrolment reply format");
        }
        if (clientChain.length() > CHAIN_CHARS_MAX
                || serverChain.length() > CHAIN_CHARS_MAX
                || siteName.length() > 200
                || hubUrl.length() > 300
                || mqttUri.length() > 300) {
            throw new IllegalArgumentException("enrolment reply too long");
        }
    }

    /** A reply of the format in force to a node that enrols. */
    public static EnrolmentReply of(
            Realm realm,
            NodeId node,
            String siteName,
            EnrolmentRequest.Received request,
            String clientChain,
            String serverChain,
            String hubUrl,
            String mqttUri,
            Instant issuedAt) {
        return of(
                realm,
                node,
                siteName,
                request.digest(),
                clientChain,
                serverChain,
                hubUrl,
                mqttUri,
                issuedAt);
    }

    /** A reply of the format in force to the request with this digest. */
    public static EnrolmentReply of(
            Realm realm,
            NodeId node,
            String siteName,
            Digest request,
            String clientChain,
            String serverChain,
            String hubUrl,
            String mqttUri,
            Instant issuedAt) {
        return new EnrolmentReply(
                FORMAT,
                realm.value(),
                node.value(),
                shardOf(node),
                siteName,
                request.hex(),
                clientChain,
                serverChain,
                hubUrl,
                mqttUri,
                issuedAt);
    }

    /** Shard of a node's topics (XSP/1 section 5). */
    public static String shardOf(NodeId node) {
        return Digest.sha256(node.value().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex()
                .substring(0, 1);
    }

    /**
     * What travels, both base64.
     *
     * @param trustRoot envelope of the trust root in force
     * @param reply envelope whose payload is this reply sealed to the node
     */
    private record Wire(String trustRoot, String reply) {}

    /** The reply as it travels. */
    public byte[] write(
            byte[] trustRootEnvelope,
            SigningKey manifestKey,
            SealPublicKey nodeSealKey,
            Entropy entropy) {
        Sealed sealed = nodeSealKey.seal(INFO, new byte[0], Json.write(this), entropy);
        byte[] envelope = SignedEnvelope.sign(TYPE, sealed.joined(), List.of(manifestKey)).encode();
        return Json.write(
                new Wire(Base64Text.encode(trustRootEnvelope), Base64Text.encode(envelope)));
    }

    /** Outcome of reading a reply at the node. */
    public sealed interface Outcome {
        /**
         * @param trustRootEnvelope to be kept beside the keys
         */
        record Enrolled(EnrolmentReply reply, TrustRoot trustRoot, byte[] trustRootEnvelope)
                implements Outcome {}

        record Refused(Reason reason, String detail) implements Outcome {}
    }

    /** Why a reply is refused. */
    public enum Reason {
        ENROL_REPLY_MALFORMED,
        /** Its trust root is not the one that the claim names, or does not follow the one held. */
        ENROL_HUB_NOT_OF_CLAIM,
        ENROL_BAD_SIGNATURE,
        ENROL_NOT_FOR_THIS_NODE,
        ENROL_OTHER_REQUEST,
        ENROL_OTHER_REALM
    }

    /**
     * Judges a reply at a fresh node.
     *
     * @param request bytes that {@link EnrolmentRequest#write} gave
     */
    public static Outcome read(byte[] json, ClaimCode claim, SealKey sealKey, byte[] request) {
        Optional<Digest> asked =
                EnrolmentRequest.read(request).map(EnrolmentRequest.Received::digest);
        return read(json, root -> TrustWalk.first(claim, root), sealKey, asked);
    }

    /**
     * Judges a reply to a {@link RenewalRequest} at an enrolled node.
     *
     * @param held the trust root in force; the reply's must be it or the next one
     * @param request bytes that {@link RenewalRequest#sign} gave
     */
    public static Outcome readRenewal(
            byte[] json, TrustRoot held, SealKey sealKey, byte[] request) {
        return read(
                json,
                root -> TrustWalk.walk(held, List.of(root)),
                sealKey,
                Optional.of(RenewalRequest.digestOf(request)));
    }

    private static Outcome read(
            byte[] json,
            Function<byte[], TrustVerdict> judgeRoot,
            SealKey sealKey,
            Optional<Digest> request) {
        Optional<Wire> wire =
                json.length > BYTES_MAX ? Optional.empty() : Json.read(json, Wire.class);
        Optional<byte[]> root = wire.flatMap(w -> Base64Text.decode(w.trustRoot()));
        Optional<SignedEnvelope> envelope =
                wire.flatMap(w -> Base64Text.decode(w.reply()))
                        .flatMap(bytes -> SignedEnvelope.decode(bytes, BYTES_MAX));
        if (root.isEmpty() || envelope.isEmpty()) {
            return new Outcome.Refused(Reason.ENROL_REPLY_MALFORMED, "");
        }
        return switch (judgeRoot.apply(root.get())) {
            case TrustVerdict.Refused refused ->
                    new Outcome.Refused(Reason.ENROL_HUB_NOT_OF_CLAIM, refused.reason().name());
            case TrustVerdict.Trusted trusted ->
                    open(envelope.get(), trusted.root(), root.get(), sealKey, request);
        };
    }

    private static Outcome open(
            SignedEnvelope envelope,
            TrustRoot root,
            byte[] rootEnvelope,
            SealKey sealKey,
            Optional<Digest> request) {
        Optional<byte[]> payload = envelope.verified(TYPE, root.verifyKeys(TrustRole.MANIFEST));
        if (payload.isEmpty()) {
            return new Outcome.Refused(Reason.ENROL_BAD_SIGNATURE, "");
        }
        if (payload.get().length <= Sealed.ENC_BYTES) {
            return new Outcome.Refused(Reason.ENROL_REPLY_MALFORMED, "");
        }
        Optional<byte[]> plain = sealKey.open(INFO, new byte[0], Sealed.split(payload.get()));
        if (plain.isEmpty()) {
            return new Outcome.Refused(Reason.ENROL_NOT_FOR_THIS_NODE, "");
        }
        Optional<EnrolmentReply> reply = Json.read(plain.get(), EnrolmentReply.class);
        if (reply.isEmpty()) {
            return new Outcome.Refused(Reason.ENROL_REPLY_MALFORMED, "");
        }
        boolean answers =
                request.map(digest -> digest.hex().equals(reply.get().requestDigest()))
                        .orElse(false);
        if (!answers) {
            return new Outcome.Refused(Reason.ENROL_OTHER_REQUEST, "");
        }
        return reply.get().realm().equals(root.realm())
                ? new Outcome.Enrolled(reply.get(), root, rootEnvelope)
                : new Outcome.Refused(Reason.ENROL_OTHER_REALM, reply.get().realm());
    }
}
