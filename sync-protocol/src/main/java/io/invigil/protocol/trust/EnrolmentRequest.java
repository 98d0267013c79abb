package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Base64Text;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a fresh node asks of its hub; JSON over HTTPS ({@code POST /x1/enrol}) and as a file. Its
 * keys were made on the node. The hub gives the node its name, so none is asked for.
 *
 * @param claimId see {@link ClaimCode#claimId}
 * @param verifyKey hex Ed25519 key of the node's records
 * @param sealKey hex X25519 key to which parts and the reply are sealed
 * @param clientCsr PKCS#10 in base64 DER for the MQTT and HTTPS client certificate (P-256)
 * @param serverCsr PKCS#10 in base64 DER for the LAN's HTTPS certificate (P-256)
 * @param serverNames DNS names and IP addresses for the LAN's certificate
 * @param software name and version of the node's program
 */
public record EnrolmentRequest(
        int v,
        String claimId,
        String verifyKey,
        String sealKey,
        String clientCsr,
        String serverCsr,
        List<String> serverNames,
        String software,
        Instant madeAt) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.enrolment-request.v1+json";
    public static final int BYTES_MAX = 32 * 1024;
    public static final int CSR_CHARS_MAX = 4 * 1024;
    public static final int SERVER_NAMES_MAX = 16;
    private static final Pattern CLAIM_ID = Pattern.compile("[0-9a-f]{16}");

    public EnrolmentRequest {
        serverNames = List.copyOf(serverNames);
        VerifyKey.ofHex(verifyKey);
        SealPublicKey.ofHex(sealKey);
        if (v != FORMAT || !CLAIM_ID.matcher(claimId).matches() || madeAt == null) {
            throw new IllegalArgumentException("enrolment request format");
        }
        if (clientCsr.length() > CSR_CHARS_MAX || serverCsr.length() > CSR_CHARS_MAX) {
            throw new IllegalArgumentException("certificate request too long");
        }
        if (Base64Text.decode(clientCsr).isEmpty() || Base64Text.decode(serverCsr).isEmpty()) {
            throw new IllegalArgumentException("certificate request is not base64");
        }
        if (serverNames.isEmpty()
                || serverNames.size() > SERVER_NAMES_MAX
                || serverNames.stream().anyMatch(name -> name.isEmpty() || name.length() > 253)
                || software.length() > 100) {
            throw new IllegalArgumentException("server names or software out of range");
        }
    }

    /** A request of the format in force; the CSRs are DER. */
    public static EnrolmentRequest of(
            ClaimCode claim,
            VerifyKey verifyKey,
            SealPublicKey sealKey,
            byte[] clientCsr,
            byte[] serverCsr,
            List<String> serverNames,
            String software,
            Instant madeAt) {
        return new EnrolmentRequest(
                FORMAT,
                claim.claimId(),
                verifyKey.hex(),
                sealKey.hex(),
                Base64Text.encode(clientCsr),
                Base64Text.encode(serverCsr),
                serverNames,
                software,
                madeAt);
    }

    /**
     * What travels.
     *
     * @param request envelope signed by the node's own key: proof that it holds it
     * @param proof base64 HMAC-SHA256 of the envelope under {@link ClaimCode#proofKey}
     */
    private record Wire(String request, String proof) {}

    /** The request as it travels, with both proofs. */
    public byte[] write(SigningKey nodeKey, ClaimCode claim) {
        if (!nodeKey.verifyKey().hex().equals(verifyKey) || !claim.claimId().equals(claimId)) {
            throw new IllegalArgumentException("request was made with another key or claim");
        }
        byte[] envelope = SignedEnvelope.sign(TYPE, Json.write(this), List.of(nodeKey)).encode();
        return Json.write(
                new Wire(
                        Base64Text.encode(envelope),
                        Base64Text.encode(Hmac.sha256(claim.proofKey(), envelope))));
    }

    /** A request that was read: well-formed and signed by the key it names; the claim is open. */
    public record Received(EnrolmentRequest request, byte[] envelope, byte[] proof) {

        /** Whether the sender knows the claim whose proof key this is. Constant time. */
        public boolean proves(byte[] proofKey) {
            return java.security.MessageDigest.isEqual(Hmac.sha256(proofKey, envelope), proof);
        }

        /** Binds the reply to this request. */
        public Digest digest() {
            return Digest.sha256(envelope);
        }
    }

    /** Reads a request at the hub; empty when malformed, too long or not signed by its own key. */
    public static Optional<Received> read(byte[] json) {
        if (json.length > BYTES_MAX) {
            return Optional.empty();
        }
        return Json.read(json, Wire.class).flatMap(EnrolmentRequest::received);
    }

    private static Optional<Received> received(Wire wire) {
        return Base64Text.decode(wire.request())
                .flatMap(
                        envelope ->
                                Base64Text.decode(wire.proof())
                                        .flatMap(proof -> received(envelope, proof)));
    }

    private static Optional<Received> received(byte[] envelope, byte[] proof) {
        Optional<SignedEnvelope> signed = SignedEnvelope.decode(envelope, BYTES_MAX);
        return signed.flatMap(
                        claimed -> Json.read(claimed.unverifiedPayload(), EnrolmentRequest.class))
                .filter(request -> signed.get().verified(TYPE, request.signers()).isPresent())
                .map(request -> new Received(request, envelope, proof));
    }

    private List<VerifyKey> signers() {
        return List.of(VerifyKey.ofHex(verifyKey));
    }

    public byte[] clientCsrDer() {
        return Base64Text.decode(clientCsr).orElseThrow();
    }

    public byte[] serverCsrDer() {
        return Base64Text.decode(serverCsr).orElseThrow();
    }
}
