package io.invigil.site.pack;

import io.invigil.appliance.data.BlobStore;
import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.Roster;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestVerdict;
import io.invigil.protocol.manifest.ManifestVerifier;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Takes packages in: verify, stage every part, read what must be readable, keep the version, and
 * only then put it in force (XSP/1 section 8). Whatever fails before leaves the earlier package as
 * it is (fault row 17). One thread at a time.
 */
public final class PackageIntake {
    private static final System.Logger LOG = System.getLogger(PackageIntake.class.getName());

    private final Realm realm;
    private final NodeId node;
    private final SealKey sealKey;
    private final Supplier<TrustRoot> trust;
    private final PackageFiles files;
    private final BlobStore parts;
    private final Clock clock;
    private final TrustedTime trusted;
    private final BooleanSupplier noSpace;

    /**
     * @param noSpace the rest of the disk is the answers' (fault row 17)
     */
    public PackageIntake(
            Realm realm,
            NodeId node,
            SealKey sealKey,
            Supplier<TrustRoot> trust,
            PackageFiles files,
            BlobStore parts,
            Clock clock,
            TrustedTime trusted,
            BooleanSupplier noSpace) {
        this.realm = realm;
        this.node = node;
        this.sealKey = sealKey;
        this.trust = trust;
        this.files = files;
        this.parts = parts;
        this.clock = clock;
        this.trusted = trusted;
        this.noSpace = noSpace;
    }

    /** A package and what became of it. */
    public record Taken(IntakeDecision decision, Optional<ExamPackage> active) {}

    /**
     * Takes one exam's package from a source.
     *
     * @return the decision, with the package when it is newly in force
     */
    public synchronized Taken take(String exam, PackageSource source) {
        if (noSpace.getAsBoolean()) {
            return refused("PACKAGE_NO_SPACE", exam, true);
        }
        try {
            byte[] envelope = source.manifest(exam);
            return switch (verify(envelope)) {
                case ManifestVerdict.Refused refused ->
                        refused(
                                refused.reason().name(),
                                refused.detail(),
                                refused.reason().alarming());
                case ManifestVerdict.Accepted accepted -> take(exam, accepted, envelope, source);
            };
        } catch (IOException broken) {
            return refused("PACKAGE_SOURCE_BROKEN", String.valueOf(broken.getMessage()), false);
        } catch (UncheckedIOException full) {
            // the files that put it in force could not be replaced: the earlier one is
            return refused("PACKAGE_NOT_KEPT", String.valueOf(full.getMessage()), true);
        }
    }

    private Taken take(
            String exam, ManifestVerdict.Accepted accepted, byte[] envelope, PackageSource source)
            throws IOException {
        Manifest manifest = accepted.manifest();
        if (!manifest.exam().equals(exam)) {
            return refused("PACKAGE_OTHER_EXAM", manifest.exam(), true);
        }
        trusted.signed(manifest.issuedAt());
        if (accepted.repeated() && isCurrent(envelope, exam)) {
            var unchanged = new IntakeDecision.Unchanged(exam, manifest.version());
            return new Taken(unchanged, Optional.empty());
        }
        for (Part part : manifest.parts()) {
            if (parts.length(part.digest()).isEmpty()) {
                stage(part, source);
            }
        }
        Read read = read(accepted);
        if (read.problem().isPresent()) {
            return refused("PACKAGE_UNREADABLE", read.problem().get(), true);
        }
        files.keepHighest(exam, manifest.version(), accepted.digest());
        files.activate(exam, envelope);
        return new Taken(
                new IntakeDecision.Activated(exam, manifest.version(), accepted.stale()),
                read.active());
    }

    /** Reads the package in force at a start; empty, with a log entry, when it cannot be used. */
    public synchronized Optional<ExamPackage> current(String exam) {
        Optional<byte[]> envelope = files.current(exam);
        if (envelope.isEmpty()) {
            return Optional.empty();
        }
        String problem;
        try {
            switch (verify(envelope.get())) {
                case ManifestVerdict.Accepted accepted -> {
                    Read read = read(accepted);
                    if (read.active().isPresent()) {
                        return read.active();
                    }
                    problem = read.problem().orElse("");
                }
                case ManifestVerdict.Refused refused ->
                        problem = refused.reason() + " " + refused.detail();
            }
        } catch (IOException unreadable) {
            problem = String.valueOf(unreadable.getMessage());
        }
        LOG.log(System.Logger.Level.ERROR, "the package of {0} cannot be used: {1}", exam, problem);
        return Optional.empty();
    }

    /** The bytes of a part as they travelled; empty when they are not here. */
    public Optional<byte[]> bytes(Part part) throws IOException {
        Optional<InputStream> content = parts.open(part.digest());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = content.get()) {
            return Optional.of(in.readNBytes((int) Part.BYTES_MAX));
        }
    }

    /** Opens parts of this manifest with the node's key. */
    public PackageOpener opener(Manifest manifest) {
        return new PackageOpener(manifest, sealKey);
    }

    private ManifestVerdict verify(byte[] envelope) {
        Instant wall = clock.instant();
        Instant now = trusted.now().filter(t -> t.isAfter(wall)).orElse(wall);
        return new ManifestVerifier(realm, node, trust.get().verifyKeys(TrustRole.MANIFEST))
                .verify(envelope, files::highest, now);
    }

    private boolean isCurrent(byte[] envelope, String exam) {
        return files.current(exam)
                .filter(current -> java.util.Arrays.equals(current, envelope))
                .isPresent();
    }

    private void stage(Part part, PackageSource source) throws IOException {
        try (InputStream in = source.part(part)) {
            parts.put(part.digest(), in, part.bytes());
        }
    }

    private record Read(Optional<ExamPackage> active, Optional<String> problem) {
        static Read failed(String problem) {
            return new Read(Optional.empty(), Optional.of(problem));
        }
    }

    /** Opens roster and policy; every other part must be there with its length. */
    private Read read(ManifestVerdict.Accepted accepted) throws IOException {
        Manifest manifest = accepted.manifest();
        for (Part part : manifest.parts()) {
            Optional<Long> length = parts.length(part.digest());
            if (length.isEmpty() || length.get() != part.bytes()) {
                return Read.failed("part " + part.name() + " is not here");
            }
        }
        PackageOpener opener = opener(manifest);
        Optional<Roster> roster =
                content(opener, manifest.roster()).flatMap(json -> Json.read(json, Roster.class));
        Optional<ExamPolicy> policy =
                content(opener, manifest.policy())
                        .flatMap(json -> Json.read(json, ExamPolicy.class));
        if (roster.isEmpty() || policy.isEmpty() || !opener.nodeKeyOpens()) {
            return Read.failed("roster, policy or key is not for this node");
        }
        Optional<String> problem = ExamPackage.problem(manifest, roster.get());
        if (problem.isPresent()) {
            return Read.failed(problem.get());
        }
        Digest digest = accepted.digest();
        return new Read(
                Optional.of(
                        new ExamPackage(
                                manifest, digest, accepted.stale(), roster.get(), policy.get())),
                Optional.empty());
    }

    private Optional<byte[]> content(PackageOpener opener, Part part) throws IOException {
        Optional<byte[]> travelled = bytes(part);
        if (travelled.isEmpty()) {
            return Optional.empty();
        }
        return opener.open(part.name(), travelled.get()) instanceof PackageOpener.Outcome.Opened o
                ? Optional.of(o.content())
                : Optional.empty();
    }

    private static Taken refused(String code, String detail, boolean alarming) {
        return new Taken(new IntakeDecision.Refused(code, detail, alarming), Optional.empty());
    }
}
