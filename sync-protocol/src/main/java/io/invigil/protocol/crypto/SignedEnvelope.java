package io.invigil.protocol.crypto;

import io.invigil.protocol.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A DSSE v1 envelope: a payload, its type and signatures over both. JSON {@code {"payloadType",
 * "payload" (base64), "signatures": [{"keyid" (hex), "sig" (base64)}]}}.
 *
 * <p>Only the one canonical form decodes: no other white space, order, unknown field or base64
 * spelling, so that every changed byte is noticed and equal content has an equal digest. Immutable.
 */
public final class SignedEnvelope {
    public static final int SIGNATURES_MAX = 8;

    /** As base64 it is the longest text that {@link Json} reads. */
    public static final int PAYLOAD_BYTES_MAX = Json.STRING_CHARS_MAX / 4 * 3;

    private final String type;
    private final byte[] payload;
    private final List<Signature> signatures;

    private SignedEnvelope(String type, byte[] payload, List<Signature> signatures) {
        this.type = type;
        this.payload = payload;
        this.signatures = List.copyOf(signatures);
    }

    /** One signature by the key with this id. */
    public record Signature(String keyid, String sig) {}

    private record Wire(String payloadType, String payload, List<Signature> signatures) {}

    /**
     * Signs a payload with one or more keys, in their order.
     *
     * @throws IllegalArgumentException when the payload is longer than a receiver would read
     */
    public static SignedEnvelope sign(String type, byte[] payload, List<SigningKey> keys) {
        if (keys.isEmpty() || keys.size() > SIGNATURES_MAX) {
            throw new IllegalArgumentException("an envelope has 1 to 8 signatures");
        }
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an envelope holds at most " + PAYLOAD_BYTES_MAX + " bytes");
        }
        List<Signature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            byte[] signature = key.sign(type, payload);
            signatures.add(
                    new Signature(key.verifyKey().keyId().hex(), Base64Text.encode(signature)));
        }
        return new SignedEnvelope(type, payload.clone(), signatures);
    }

    /**
     * Reads an envelope; says nothing about its signatures.
     *
     * @param bytesMax refused unread when longer
     * @return empty when it is anything but the canonical form
     */
    public static Optional<SignedEnvelope> decode(byte[] json, int bytesMax) {
        if (json.length > bytesMax) {
            return Optional.empty();
        }
        return Json.read(json, Wire.class)
                .flatMap(SignedEnvelope::ofWire)
                .filter(envelope -> Arrays.equals(envelope.encode(), json));
    }

    private static Optional<SignedEnvelope> ofWire(Wire wire) {
        if (wire.payloadType() == null
                || wire.payload() == null
                || wire.signatures() == null
                || wire.signatures().isEmpty()
                || wire.signatures().size() > SIGNATURES_MAX
                || wire.signatures().stream()
                        .anyMatch(s -> s == null || s.keyid() == null || s.sig() == null)) {
            return Optional.empty();
        }
        return Base64Text.decode(wire.payload())
                .map(payload -> new SignedEnvelope(wire.payloadType(), payload, wire.signatures()));
    }

    /** The canonical JSON. */
    public byte[] encode() {
        return Json.write(new Wire(type, Base64Text.encode(payload), signatures));
    }

    public String type() {
        return type;
    }

    /** The payload, not verified. Prefer {@link #verified}. */
    public byte[] unverifiedPayload() {
        return payload.clone();
    }

    /** Hex ids of the signing keys, as claimed. */
    public List<String> keyIds() {
        return signatures.stream().map(Signature::keyid).toList();
    }

    /**
     * Whether every signature is valid and by a different one of these keys. A signature that does
     * not verify spoils the envelope, even beside others that do.
     */
    public boolean isSignedOnlyBy(Collection<VerifyKey> keys) {
        Set<String> seen = new HashSet<>();
        for (Signature signature : signatures) {
            Optional<VerifyKey> key =
                    keys.stream().filter(k -> k.keyId().hex().equals(signature.keyid())).findAny();
            if (key.isEmpty() || !seen.add(signature.keyid()) || !valid(key.get(), signature)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this key signed validly; says nothing of signatures by other keys. */
    public boolean hasValidSignatureOf(VerifyKey key) {
        return signatures.stream()
                .anyMatch(s -> s.keyid().equals(key.keyId().hex()) && valid(key, s));
    }

    /** The payload when the type is this and {@link #isSignedOnlyBy} holds. */
    public Optional<byte[]> verified(String expectedType, Collection<VerifyKey> keys) {
        return type.equals(expectedType) && isSignedOnlyBy(keys)
                ? Optional.of(payload.clone())
                : Optional.empty();
    }

    private boolean valid(VerifyKey key, Signature signature) {
        return Base64Text.decode(signature.sig())
                .map(bytes -> key.verify(type, payload, bytes))
                .orElse(false);
    }
}
