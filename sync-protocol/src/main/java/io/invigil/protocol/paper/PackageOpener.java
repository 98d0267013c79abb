package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.PackageParts;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.manifest.SealedPart;
import java.util.Optional;

/**
 * Opens the parts of an accepted manifest at the node. Immutable and thread-safe. It does not ask
 * whether opening is due: {@link OpeningDecision} does.
 */
public final class PackageOpener {
    private final Manifest manifest;
    private final SealKey sealKey;
    private final PackageBinding binding;
    private final Optional<byte[]> nodeKey;

    /** For a manifest that a verifier accepted for this node. */
    public PackageOpener(Manifest manifest, SealKey sealKey) {
        this.manifest = manifest;
        this.sealKey = sealKey;
        this.binding =
                new PackageBinding(
                        new Realm(manifest.realm()),
                        new NodeId(manifest.node()),
                        manifest.exam(),
                        manifest.release().packageId());
        this.nodeKey =
                PackageBinding.unbase64(manifest.release().sealedNodeKey())
                        .filter(bytes -> bytes.length > Sealed.ENC_BYTES)
                        .flatMap(
                                bytes ->
                                        sealKey.open(
                                                PackageBinding.NODE_KEY_INFO,
                                                binding.aad("xsp1 node key"),
                                                Sealed.split(bytes)))
                        .filter(bytes -> bytes.length == ReleaseKey.BYTES);
    }

    /** Outcome of opening a part. */
    public sealed interface Outcome {
        record Opened(byte[] content) implements Outcome {}

        /**
         * @param detail code of the layer that refused, for staff
         */
        record Refused(Reason reason, String detail) implements Outcome {}
    }

    /** Why a part does not open. */
    public enum Reason {
        OPEN_NO_SUCH_PART,
        /** Not the bytes that the manifest binds. */
        OPEN_PART_CHANGED,
        /** The package was made for another node's key. */
        OPEN_NOT_FOR_THIS_NODE,
        /** A sealed paper needs the release key. */
        OPEN_NEEDS_RELEASE,
        OPEN_WRONG_RELEASE_KEY,
        OPEN_DAMAGED
    }

    /** Whether the node's half of the keys opens: part of the self-test. */
    public boolean nodeKeyOpens() {
        return nodeKey.isPresent();
    }

    /**
     * The release key for a code; empty for a wrong one. Takes an Argon2id run (64 MiB, some 100
     * ms); ask {@link ReleaseAttempts} first.
     */
    public Optional<ReleaseKey> releaseKeyFor(ReleaseCode code) {
        return binding.unwrapReleaseKey(code, manifest.release().codeWrappedReleaseKey());
    }

    /** Whether the release key opens every part that needs one. */
    public boolean fits(ReleaseKey release) {
        return nodeKey.isPresent()
                && manifest.parts().stream()
                        .filter(part -> part.kind().needsRelease())
                        .allMatch(part -> contentKey(part, release).isPresent());
    }

    /** Opens a part that needs no release: roster, policy, photo, rehearsal paper. */
    public Outcome open(String name, byte[] travelled) {
        return open(name, travelled, Optional.empty());
    }

    /** Opens any part. */
    public Outcome open(String name, byte[] travelled, Optional<ReleaseKey> release) {
        Optional<Part> part = manifest.part(name);
        if (part.isEmpty()) {
            return new Outcome.Refused(Reason.OPEN_NO_SUCH_PART, name);
        }
        Optional<PackageParts.PartIssue> issue =
                PackageParts.check(part.get(), Optional.of(travelled));
        if (issue.isPresent()) {
            return new Outcome.Refused(Reason.OPEN_PART_CHANGED, issue.get().reason().name());
        }
        if (part.get().kind().isSealedPaper()) {
            return openPaper(part.get(), travelled, release);
        }
        if (part.get().kind().sealedToNode()) {
            return SealedPart.open(
                            sealKey,
                            binding.realm(),
                            binding.node(),
                            binding.exam(),
                            part.get().kind(),
                            name,
                            travelled)
                    .<Outcome>map(Outcome.Opened::new)
                    .orElseGet(() -> new Outcome.Refused(Reason.OPEN_NOT_FOR_THIS_NODE, name));
        }
        return new Outcome.Opened(travelled.clone());
    }

    private Outcome openPaper(Part part, byte[] travelled, Optional<ReleaseKey> release) {
        boolean rehearsal = part.kind() == PartKind.REHEARSAL_PAPER;
        if (nodeKey.isEmpty()) {
            return new Outcome.Refused(Reason.OPEN_NOT_FOR_THIS_NODE, part.name());
        }
        if (!rehearsal && release.isEmpty()) {
            return new Outcome.Refused(Reason.OPEN_NEEDS_RELEASE, part.name());
        }
        Optional<byte[]> contentKey =
                contentKey(part, rehearsal ? ReleaseKey.REHEARSAL : release.orElseThrow());
        if (contentKey.isEmpty()) {
            return new Outcome.Refused(Reason.OPEN_WRONG_RELEASE_KEY, part.name());
        }
        return switch (SealedPaper.open(
                contentKey.get(), binding.packageId(), part.name(), travelled)) {
            case SealedPaper.Outcome.Opened opened -> new Outcome.Opened(opened.content());
            case SealedPaper.Outcome.Refused refused ->
                    new Outcome.Refused(Reason.OPEN_DAMAGED, refused.reason().name());
        };
    }

    private Optional<byte[]> contentKey(Part part, ReleaseKey release) {
        return nodeKey.flatMap(
                key ->
                        binding.unwrapContentKey(
                                key,
                                release,
                                part.name(),
                                part.kind() == PartKind.REHEARSAL_PAPER,
                                manifest.release().contentKeys().get(part.name())));
    }
}
