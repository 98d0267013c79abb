package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Base64Text;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An enrolled node asks for new certificates, over HTTPS or as a file; its record key vouches for
 * it, so an expired certificate does not matter (XSP/1 section 10, fault row 52). The hub answers
 * with an {@link EnrolmentReply}.
 *
 * @param clientCsr PKCS#10 in base64 DER
 * @param serverCsr PKCS#10 in base64 DER
 * @param serverNames DNS names and IP addresses for the LAN's certificate
 * @param madeAt the node's wall clock, evidence only
 */
public record RenewalRequest(
        int v,
        String realm,
        String node,
        String clientCsr,
        String serverCsr,
        List<String> serverNames,
        String software,
        Instant madeAt) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.renewal-request.v1+json";
    public static final int BYTES_MAX = 32 * 1024;

    public RenewalRequest {
        serverNames = List.copyOf(serverNames);
        new Realm(realm);
        new NodeId(node);
        if (v != FORMAT || madeAt == null || software.length() > 100) {
            throw new IllegalArgumentException("renewal request format");
        }
        if (clientCsr.length() > EnrolmentRequest.CSR_CHARS_MAX
                || serverCsr.length() > EnrolmentRequest.CSR_CHARS_MAX
                || Base64Text.decode(clientCsr).isEmpty()
                || Base64Text.decode(serverCsr).isEmpty()) {
            throw new IllegalArgumentException("certificate request is not base64 or too long");
        }
        if (serverNames.isEmpty()
                || serverNames.size() > EnrolmentRequest.SERVER_NAMES_MAX
                || serverNames.stream().anyMatch(name -> name.isEmpty() || name.length() > 253)) {
            throw new IllegalArgumentException("server names out of range");
        }
    }

    /** A request of the format in force; the CSRs are DER. */
    public static RenewalRequest of(
            Realm realm,
            NodeId node,
            byte[] clientCsr,
            byte[] serverCsr,
            List<String> serverNames,
            String software,
            Instant madeAt) {
        return new RenewalRequest(
                FORMAT,
                realm.value(),
                node.value(),
                Base64Text.encode(clientCsr),
                Base64Text.encode(serverCsr),
                serverNames,
                software,
                madeAt);
    }

    /** The signed envelope as it travels. */
    public byte[] sign(SigningKey nodeKey) {
        return SignedEnvelope.sign(TYPE, Json.write(this), List.of(nodeKey)).encode();
    }

    /**
     * A request whose signature held.
     *
     * @param digest binds the reply to it
     */
    public record Received(RenewalRequest request, Digest digest) {}

    /**
     * Reads a request at the hub.
     *
     * @param keyInForce record key of a node that is enrolled and not revoked; else empty
     * @return empty when malformed, of another realm, or not signed by that key
     */
    public static Optional<Received> read(
            byte[] envelope, Realm realm, Function<NodeId, Optional<VerifyKey>> keyInForce) {
        Optional<SignedEnvelope> signed = SignedEnvelope.decode(envelope, BYTES_MAX);
        return signed.flatMap(
                        claimed -> Json.read(claimed.unverifiedPayload(), RenewalRequest.class))
                .filter(request -> request.realm().equals(realm.value()))
                .filter(
                        request ->
                                keyInForce
                                        .apply(new NodeId(request.node()))
                                        .flatMap(key -> signed.get().verified(TYPE, List.of(key)))
                                        .isPresent())
                .map(request -> new Received(request, digestOf(envelope)));
    }

    /** Digest of a request as it travels. */
    public static Digest digestOf(byte[] envelope) {
        return Digest.sha256(envelope);
    }

    public byte[] clientCsrDer() {
        return Base64Text.decode(clientCsr).orElseThrow();
    }

    public byte[] serverCsrDer() {
        return Base64Text.decode(serverCsr).orElseThrow();
    }
}
