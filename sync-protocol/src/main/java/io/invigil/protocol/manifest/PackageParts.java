package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether the parts at hand are those that a manifest binds. Pure. */
public final class PackageParts {
    private PackageParts() {}

    /** One part that is not as the manifest says. */
    public record PartIssue(String part, Reason reason) {}

    /** What is wrong with a part. */
    public enum Reason {
        PART_MISSING,
        PART_OTHER_SIZE,
        /** Changed on the way, or from another package (fault row 54). */
        PART_OTHER_CONTENT
    }

    /**
     * Checks all parts of a manifest.
     *
     * @param content bytes held under a digest; asked at most once per part
     * @return empty when the package is complete and unmixed
     */
    public static List<PartIssue> check(
            Manifest manifest, Function<Digest, Optional<byte[]>> content) {
        List<PartIssue> issues = new ArrayList<>();
        for (Part part : manifest.parts()) {
            check(part, content.apply(part.digest())).ifPresent(issues::add);
        }
        return List.copyOf(issues);
    }

    /** Checks one part's bytes. */
    public static Optional<PartIssue> check(Part part, Optional<byte[]> content) {
        Reason reason;
        if (content.isEmpty()) {
            reason = Reason.PART_MISSING;
        } else if (content.get().length != part.bytes()) {
            reason = Reason.PART_OTHER_SIZE;
        } else if (!Digest.sha256(content.get()).equals(part.digest())) {
            reason = Reason.PART_OTHER_CONTENT;
        } else {
            return Optional.empty();
        }
        return Optional.of(new PartIssue(part.name(), reason));
    }
}
