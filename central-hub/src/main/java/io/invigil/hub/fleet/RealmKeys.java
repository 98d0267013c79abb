package io.invigil.hub.fleet;

import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a hub works with, one per purpose (XSP/1 section 10). The root keys are not among
 * them: they left at {@link RealmFounding}. Immutable; secrets are never printed.
 *
 * @param seal keys to which bundles are sealed, the current one first
 * @param recovery keys that open the ledger of a dead node, the current one first
 * @param trust the newest trust root
 * @param trustRoots envelopes of all versions, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
public record RealmKeys(
        Realm realm,
        SigningKey receipt,
        SigningKey manifest,
        SigningKey certificate,
        List<SealKey> seal,
        List<SealKey> recovery,
        CertificateAuthority authority,
        TrustRoot trust,
        List<byte[]> trustRoots) {
    static final String PUBLIC = "realm";
    static final String AUTHORITY = "tls-authority";
    static final String RECEIPT = "receipt";
    static final String MANIFEST = "manifest";
    static final String CERTIFICATE = "certificate";
    static final String SEAL = "seal-";
    static final String RECOVERY = "recovery-";

    public RealmKeys {
        seal = List.copyOf(seal);
        recovery = List.copyOf(recovery);
        trustRoots = List.copyOf(trustRoots);
    }

    /** What is no secret, kept with the keys so that they cannot come apart. */
    record PublicPart(String realm, String caChainPem, List<String> trustRoots) {}

    /** The keys stored here; empty when this hub was not founded yet. */
    public static Optional<RealmKeys> load(KeyFile keys, Clock clock, SecureRandom random) {
        return keys.load(PUBLIC).map(bytes -> load(keys, bytes, clock, random));
    }

    private static RealmKeys load(KeyFile keys, byte[] bytes, Clock clock, SecureRandom random) {
        PublicPart shown =
                Json.read(bytes, PublicPart.class)
                        .orElseThrow(() -> new RealmKeysIncomplete(PUBLIC));
        List<byte[]> roots = shown.trustRoots().stream().map(Base64.getDecoder()::decode).toList();
        TrustRoot trust =
                io.invigil.protocol.crypto.SignedEnvelope.decode(
                                roots.getLast(), TrustRoot.BYTES_MAX)
                        .flatMap(e -> Json.read(e.unverifiedPayload(), TrustRoot.class))
                        .orElseThrow(() -> new RealmKeysIncomplete(PUBLIC));
        var authority =
                new CertificateAuthority(
                        Keys.readPrivate(need(keys, AUTHORITY)),
                        Keys.readCertificates(shown.caChainPem()),
                        clock,
                        random);
        return new RealmKeys(
                new Realm(shown.realm()),
                signing(keys, TrustRole.RECEIPT, trust),
                signing(keys, TrustRole.MANIFEST, trust),
                signing(keys, TrustRole.CERTIFICATE, trust),
                sealKeys(keys, SEAL, trust.keys().get(TrustRole.SEAL)),
                sealKeys(keys, RECOVERY, trust.keys().get(TrustRole.RECOVERY)),
                authority,
                trust,
                roots);
    }

    /** Name of a signing key that came after the first one of its role. */
    static String signingName(TrustRole role, String publicHex) {
        return firstName(role) + "-" + publicHex.substring(0, 16);
    }

    private static String firstName(TrustRole role) {
        return switch (role) {
            case RECEIPT -> RECEIPT;
            case MANIFEST -> MANIFEST;
            case CERTIFICATE -> CERTIFICATE;
            case SEAL, RECOVERY -> throw new IllegalArgumentException(role + " signs nothing");
        };
    }

    /** The current key of a role: the one that the trust root names first. */
    private static SigningKey signing(KeyFile keys, TrustRole role, TrustRoot trust) {
        String hex = trust.keys().get(role).getFirst();
        byte[] seed =
                keys.load(signingName(role, hex)).orElseGet(() -> need(keys, firstName(role)));
        SigningKey key = SigningKey.ofSeed(seed);
        if (!key.verifyKey().hex().equals(hex)) {
            throw new RealmKeysIncomplete(signingName(role, hex));
        }
        return key;
    }

    private static List<SealKey> sealKeys(KeyFile keys, String prefix, List<String> publicHex) {
        return publicHex.stream()
                .map(hex -> SealKey.ofBytes(need(keys, prefix + hex.substring(0, 16))))
                .toList();
    }

    private static byte[] need(KeyFile keys, String name) {
        return keys.load(name).orElseThrow(() -> new RealmKeysIncomplete(name));
    }

    static byte[] publicPart(Realm realm, CertificateAuthority authority, List<byte[]> trustRoots) {
        return Json.write(
                new PublicPart(
                        realm.value(),
                        Keys.pem(authority.chain()),
                        trustRoots.stream().map(Base64.getEncoder()::encodeToString).toList()));
    }

    /** PEM of the CA file that people install: the root certificate. */
    public byte[] caFile() {
        return Keys.pem(List.of(authority.root())).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "RealmKeys[" + realm + "]";
    }
}
