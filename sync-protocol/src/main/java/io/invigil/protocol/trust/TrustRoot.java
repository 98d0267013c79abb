package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which keys the realm's hub uses for what (XSP/1 section 8 and 10). Version N + 1 is signed by the
 * root key of version N and by its own, so a node walks from any version that it holds to the
 * newest. Immutable.
 *
 * @param rootKey hex Ed25519 key that signs this version and the next one
 * @param keys hex keys of each role, the current one first
 * @param caCertificates DER in base64: anchors for every TLS certificate of the realm
 */
public record TrustRoot(
        int v,
        String suite,
        String realm,
        long version,
        Instant issuedAt,
        String rootKey,
        Map<TrustRole, List<String>> keys,
        List<String> caCertificates) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.trust-root.v1+json";
    public static final int BYTES_MAX = 64 * 1024;
    public static final int KEYS_PER_ROLE_MAX = 8;
    public static final int CA_CERTIFICATES_MAX = 4;
    private static final int CA_CHARS_MAX = 8 * 1024;

    public TrustRoot {
        caCertificates = List.copyOf(caCertificates);
        new Realm(realm);
        VerifyKey.ofHex(rootKey);
        if (v != FORMAT || version < 1 || issuedAt == null || suite.length() > 40) {
            throw new IllegalArgumentException("trust root format or version out of range");
        }
        var copy = new EnumMap<TrustRole, List<String>>(TrustRole.class);
        for (TrustRole role : TrustRole.values()) {
            List<String> ofRole = List.copyOf(keys.getOrDefault(role, List.of()));
            if (ofRole.isEmpty() || ofRole.size() > KEYS_PER_ROLE_MAX) {
                throw new IllegalArgumentException("a role has 1 to 8 keys: " + role);
            }
            ofRole.forEach(role.signs() ? VerifyKey::ofHex : SealPublicKey::ofHex);
            copy.put(role, ofRole);
        }
        keys = Collections.unmodifiableMap(copy);
        if (caCertificates.isEmpty()
                || caCertificates.size() > CA_CERTIFICATES_MAX
                || caCertificates.stream().anyMatch(ca -> ca.length() > CA_CHARS_MAX)) {
            throw new IllegalArgumentException("a trust root names 1 to 4 CA certificates");
        }
        caCertificates.forEach(Base64.getDecoder()::decode);
    }

    /** A trust root of the format and suite in force. */
    public static TrustRoot issue(
            Realm realm,
            long version,
            Instant issuedAt,
            VerifyKey rootKey,
            Map<TrustRole, List<String>> keys,
            List<byte[]> caCertificates) {
        return new TrustRoot(
                FORMAT,
                Suite.ED25519_X25519_AES256GCM,
                realm.value(),
                version,
                issuedAt,
                rootKey.hex(),
                keys,
                caCertificates.stream().map(Base64.getEncoder()::encodeToString).toList());
    }

    /**
     * The signed envelope as it travels.
     *
     * @param previous root key of version − 1 (for version 1: the own key)
     * @param own key that {@code rootKey} names
     */
    public byte[] sign(SigningKey previous, SigningKey own) {
        if (!own.verifyKey().hex().equals(rootKey)) {
            throw new IllegalArgumentException("a trust root is signed by its own root key");
        }
        List<SigningKey> signers = new ArrayList<>();
        signers.add(previous);
        if (!previous.verifyKey().equals(own.verifyKey())) {
            signers.add(own);
        }
        return SignedEnvelope.sign(TYPE, Json.write(this), signers).encode();
    }

    public VerifyKey rootVerifyKey() {
        return VerifyKey.ofHex(rootKey);
    }

    /** Ed25519 keys of a signing role, the current one first. */
    public List<VerifyKey> verifyKeys(TrustRole role) {
        return keys.get(role).stream().map(VerifyKey::ofHex).toList();
    }

    /** X25519 keys of a sealing role, the current one first. */
    public List<SealPublicKey> sealKeys(TrustRole role) {
        return keys.get(role).stream().map(SealPublicKey::ofHex).toList();
    }

    /** DER of the CA certificates. */
    public List<byte[]> caDer() {
        return caCertificates.stream().map(Base64.getDecoder()::decode).toList();
    }

    /** SHA-256 of the signed payload. */
    public Digest digest() {
        return Digest.sha256(Json.write(this));
    }
}
