package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.ManifestVerdict.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node's judgement of a manifest from any carrier (XSP/1 section 8). Pure; the caller persists
 * the highest version before it uses a manifest.
 *
 * @param realm realm of this node
 * @param node this node
 * @param manifestKeys keys that the trust root in force gives the role manifest
 */
public record ManifestVerifier(Realm realm, NodeId node, Collection<VerifyKey> manifestKeys) {

    public ManifestVerifier {
        manifestKeys = List.copyOf(manifestKeys);
    }

    /** The highest version that the node ever accepted for an exam, with its digest. */
    public record Highest(String exam, long version, Digest digest) {}

    /**
     * Judges an envelope.
     *
     * @param highest gives the node's record for an exam name
     * @param trustedNow newest time the node can defend, only for the warning
     */
    public ManifestVerdict verify(
            byte[] envelope,
            java.util.function.Function<String, Optional<Highest>> highest,
            Instant trustedNow) {
        if (envelope.length > Manifest.BYTES_MAX) {
            return refused(Reason.MANIFEST_TOO_LARGE, envelope.length + " bytes");
        }
        Optional<SignedEnvelope> decoded = SignedEnvelope.decode(envelope, Manifest.BYTES_MAX);
        if (decoded.isEmpty()) {
            return refused(Reason.MANIFEST_NOT_AN_ENVELOPE, "not a canonical signed envelope");
        }
        SignedEnvelope signed = decoded.get();
        if (!signed.type().equals(Manifest.TYPE)) {
            return refused(Reason.MANIFEST_OTHER_TYPE, "the payload is of another type");
        }
        Set<String> known =
                manifestKeys.stream().map(key -> key.keyId().hex()).collect(Collectors.toSet());
        if (!known.containsAll(signed.keyIds())) {
            return refused(Reason.MANIFEST_UNKNOWN_KEY, "signed by a key without the role");
        }
        if (!signed.isSignedOnlyBy(manifestKeys)) {
            return refused(Reason.MANIFEST_BAD_SIGNATURE, "the signature is not valid");
        }
        byte[] payload = signed.unverifiedPayload();
        return Json.read(payload, Manifest.class)
                .map(manifest -> judge(manifest, Digest.sha256(payload), highest, trustedNow))
                .orElseGet(() -> refused(Reason.MANIFEST_MALFORMED, "not a manifest"));
    }

    private ManifestVerdict judge(
            Manifest manifest,
            Digest digest,
            java.util.function.Function<String, Optional<Highest>> highest,
            Instant trustedNow) {
        if (!manifest.suite().equals(Suite.ED25519_X25519_AES256GCM)) {
            return refused(Reason.MANIFEST_OTHER_SUITE, manifest.suite());
        }
        if (!manifest.realm().equals(realm.value())) {
            return refused(Reason.MANIFEST_OTHER_REALM, manifest.realm());
        }
        if (!manifest.node().equals(node.value())) {
            return refused(Reason.MANIFEST_OTHER_NODE, manifest.node());
        }
        boolean stale = trustedNow.isAfter(manifest.freshUntil());
        Optional<Highest> held = highest.apply(manifest.exam());
        if (held.isEmpty()) {
            return new ManifestVerdict.Accepted(manifest, digest, stale, false);
        }
        if (!held.get().exam().equals(manifest.exam())) {
            return refused(Reason.MANIFEST_OTHER_EXAM, manifest.exam());
        }
        long heldVersion = held.get().version();
        if (manifest.version() < heldVersion) {
            return refused(
                    Reason.MANIFEST_VERSION_LOWER, manifest.version() + " after " + heldVersion);
        }
        boolean repeated = manifest.version() == heldVersion;
        if (repeated && !digest.equals(held.get().digest())) {
            return refused(
                    Reason.MANIFEST_VERSION_REUSED, "two manifests have version " + heldVersion);
        }
        return new ManifestVerdict.Accepted(manifest, digest, stale, repeated);
    }

    private static ManifestVerdict refused(Reason reason, String detail) {
        return new ManifestVerdict.Refused(reason, detail);
    }
}
