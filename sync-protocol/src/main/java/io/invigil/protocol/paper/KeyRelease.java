package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The hub's release of one package to one node, over MQTT at T − 5 min or on a stick (XSP/1 section
 * 8): K_rel sealed to the node, signed, with the approvals of two people.
 *
 * @param sealedReleaseKey base64url of K_rel, HPKE-sealed to the node
 * @param approvals who approved at the hub; at least two different people
 */
public record KeyRelease(
        int v,
        String realm,
        String node,
        String exam,
        String packageId,
        String sealedReleaseKey,
        List<Approval> approvals,
        Instant issuedAt) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.key-release.v1+json";
    public static final int BYTES_MAX = 8 * 1024;
    public static final int APPROVALS_MIN = 2;
    public static final int APPROVALS_MAX = 8;

    public KeyRelease {
        approvals = List.copyOf(approvals);
        new Realm(realm);
        new NodeId(node);
        if (v != FORMAT || issuedAt == null || sealedReleaseKey.length() > 400) {
            throw new IllegalArgumentException("key release format");
        }
        if (approvals.size() > APPROVALS_MAX || exam.isEmpty() || packageId.isEmpty()) {
            throw new IllegalArgumentException("key release out of range");
        }
    }

    /**
     * @param by login of the person at the hub
     */
    public record Approval(String by, Instant at) {
        public Approval {
            if (by.isBlank() || by.length() > 100 || at == null) {
                throw new IllegalArgumentException("an approval names a person and a time");
            }
        }
    }

    /**
     * Makes a release.
     *
     * @throws IllegalArgumentException without approvals by two different people
     */
    public static KeyRelease make(
            Realm realm,
            NodeId node,
            String exam,
            PackageSecrets secrets,
            SealPublicKey nodeSealKey,
            List<Approval> approvals,
            Instant issuedAt,
            Entropy entropy) {
        if (people(approvals) < APPROVALS_MIN) {
            throw new IllegalArgumentException("a key release needs two people's approval");
        }
        var binding = new PackageBinding(realm, node, exam, secrets.packageId());
        Sealed sealed =
                nodeSealKey.seal(
                        PackageBinding.RELEASE_INFO,
                        binding.aad("xsp1 key release"),
                        secrets.releaseKey().bytes(),
                        entropy);
        return new KeyRelease(
                FORMAT,
                realm.value(),
                node.value(),
                exam,
                secrets.packageId(),
                PackageBinding.base64(sealed.joined()),
                approvals,
                issuedAt);
    }

    /** The signed envelope as it travels. */
    public byte[] sign(SigningKey manifestKey) {
        return SignedEnvelope.sign(TYPE, Json.write(this), List.of(manifestKey)).encode();
    }

    /** Outcome of {@link #verify}. */
    public sealed interface Outcome {
        /**
         * @param key opens the package's papers; to be kept under the node's data key until close
         */
        record Released(ReleaseKey key, KeyRelease release) implements Outcome {}

        record Refused(Reason reason) implements Outcome {}
    }

    /** One code for each guarantee that would be broken. */
    public enum Reason {
        RELEASE_NOT_AN_ENVELOPE,
        RELEASE_BAD_SIGNATURE,
        RELEASE_MALFORMED,
        RELEASE_OTHER_NODE,
        RELEASE_OTHER_PACKAGE,
        RELEASE_NOT_APPROVED_BY_TWO,
        RELEASE_NOT_SEALED_TO_THIS_NODE,
        RELEASE_KEY_DOES_NOT_FIT
    }

    /** Judges a release at the node against the manifest in force. */
    public static Outcome verify(
            byte[] envelope,
            Collection<VerifyKey> manifestKeys,
            Manifest manifest,
            SealKey sealKey) {
        Optional<SignedEnvelope> signed = SignedEnvelope.decode(envelope, BYTES_MAX);
        if (signed.isEmpty()) {
            return new Outcome.Refused(Reason.RELEASE_NOT_AN_ENVELOPE);
        }
        Optional<byte[]> payload = signed.get().verified(TYPE, manifestKeys);
        if (payload.isEmpty()) {
            return new Outcome.Refused(Reason.RELEASE_BAD_SIGNATURE);
        }
        return Json.read(payload.get(), KeyRelease.class)
                .map(release -> judge(release, manifest, sealKey))
                .orElseGet(() -> new Outcome.Refused(Reason.RELEASE_MALFORMED));
    }

    private static Outcome judge(KeyRelease release, Manifest manifest, SealKey sealKey) {
        if (!release.realm().equals(manifest.realm()) || !release.node().equals(manifest.node())) {
            return new Outcome.Refused(Reason.RELEASE_OTHER_NODE);
        }
        if (!release.exam().equals(manifest.exam())
                || !release.packageId().equals(manifest.release().packageId())) {
            return new Outcome.Refused(Reason.RELEASE_OTHER_PACKAGE);
        }
        if (people(release.approvals()) < APPROVALS_MIN) {
            return new Outcome.Refused(Reason.RELEASE_NOT_APPROVED_BY_TWO);
        }
        var binding =
                new PackageBinding(
                        new Realm(release.realm()),
                        new NodeId(release.node()),
                        release.exam(),
                        release.packageId());
        Optional<ReleaseKey> key =
                PackageBinding.unbase64(release.sealedReleaseKey())
                        .filter(bytes -> bytes.length > Sealed.ENC_BYTES)
                        .flatMap(
                                bytes ->
                                        sealKey.open(
                                                PackageBinding.RELEASE_INFO,
                                                binding.aad("xsp1 key release"),
                                                Sealed.split(bytes)))
                        .filter(bytes -> bytes.length == ReleaseKey.BYTES)
                        .map(ReleaseKey::of);
        if (key.isEmpty()) {
            return new Outcome.Refused(Reason.RELEASE_NOT_SEALED_TO_THIS_NODE);
        }
        return new PackageOpener(manifest, sealKey).fits(key.get())
                ? new Outcome.Released(key.get(), release)
                : new Outcome.Refused(Reason.RELEASE_KEY_DOES_NOT_FIT);
    }

    private static long people(List<Approval> approvals) {
        return approvals.stream().map(Approval::by).distinct().count();
    }
}
