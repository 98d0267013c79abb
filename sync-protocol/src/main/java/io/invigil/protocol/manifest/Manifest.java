package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one node shall hold for one exam (XSP/1 section 8). Immutable.
 *
 * @param v format, 1
 * @param exam name of the package, {@code [A-Za-z0-9-]{1,40}}
 * @param version rises with every issue: max(previous + 1, epoch milliseconds at the hub)
 * @param issuedAt hub time
 * @param freshUntil after it the manifest is stale, which warns and never blocks
 * @param bundleSealKey hex X25519 key of the hub to which bundles are sealed
 * @param recoveryKey hex X25519 key of the hub that can read the raw ledger of a dead box
 */
public record Manifest(
        int v,
        String suite,
        String realm,
        String node,
        String exam,
        long version,
        Instant issuedAt,
        Instant freshUntil,
        String bundleSealKey,
        String recoveryKey,
        List<Part> parts,
        ReleaseTerms release) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.manifest.v1+json";
    public static final int PARTS_MAX = 4_000;
    public static final int BYTES_MAX = 2 * 1024 * 1024;
    public static final Duration FRESH_FOR = Duration.ofDays(7);
    private static final Pattern EXAM = Pattern.compile("[A-Za-z0-9-]{1,40}");

    public Manifest {
        parts = List.copyOf(parts);
        new Realm(realm);
        new NodeId(node);
        if (!EXAM.matcher(exam).matches()) {
            throw new IllegalArgumentException("not an exam name");
        }
        if (v != FORMAT || suite.length() > 40 || version < 1) {
            throw new IllegalArgumentException("manifest format or version out of range");
        }
        if (freshUntil.isBefore(issuedAt) || release == null) {
            throw new IllegalArgumentException("manifest is stale from the start");
        }
        SealPublicKey.ofHex(bundleSealKey);
        SealPublicKey.ofHex(recoveryKey);
        checkParts(parts, release);
    }

    private static void checkParts(List<Part> parts, ReleaseTerms release) {
        if (parts.size() > PARTS_MAX) {
            throw new IllegalArgumentException("a manifest has at most " + PARTS_MAX + " parts");
        }
        Set<String> names = new HashSet<>();
        Set<String> keyed = new HashSet<>();
        for (Part part : parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException("two parts have one name");
            }
            if (part.kind().isSealedPaper()) {
                keyed.add(part.name());
            }
        }
        if (!keyed.equals(release.contentKeys().keySet())) {
            throw new IllegalArgumentException("each sealed paper needs its wrapped key");
        }
        if (parts.stream().filter(part -> part.kind() == PartKind.ROSTER).count() != 1
                || parts.stream().filter(part -> part.kind() == PartKind.POLICY).count() != 1) {
            throw new IllegalArgumentException("a manifest has one roster and one policy");
        }
    }

    /** A manifest of the suite and format in force, fresh for {@link #FRESH_FOR}. */
    public static Manifest issue(
            Realm realm,
            NodeId node,
            String exam,
            long version,
            Instant issuedAt,
            SealPublicKey bundleSealKey,
            SealPublicKey recoveryKey,
            List<Part> parts,
            ReleaseTerms release) {
        return new Manifest(
                FORMAT,
                Suite.ED25519_X25519_AES256GCM,
                realm.value(),
                node.value(),
                exam,
                version,
                issuedAt,
                issuedAt.plus(FRESH_FOR),
                bundleSealKey.hex(),
                recoveryKey.hex(),
                parts,
                release);
    }

    /** Version of the next issue after {@code previous}; also right for a restored hub. */
    public static long nextVersion(Optional<Long> previous, Instant now) {
        return Math.max(previous.orElse(0L) + 1, now.toEpochMilli());
    }

    /** The signed envelope as it travels. */
    public byte[] sign(SigningKey manifestKey) {
        return SignedEnvelope.sign(TYPE, Json.write(this), List.of(manifestKey)).encode();
    }

    /**
     * SHA-256 of the payload that {@link #sign} signs: by it facts and bundles name a manifest. A
     * node takes it from {@link ManifestVerdict.Accepted}, where it is over the bytes received, so
     * that fields which this version does not know count too.
     */
    public Digest digest() {
        return Digest.sha256(Json.write(this));
    }

    public Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** Parts of a kind in the manifest's order. */
    public List<Part> parts(PartKind kind) {
        return parts.stream().filter(part -> part.kind() == kind).toList();
    }

    public Part roster() {
        return parts(PartKind.ROSTER).getFirst();
    }

    public Part policy() {
        return parts(PartKind.POLICY).getFirst();
    }
}
