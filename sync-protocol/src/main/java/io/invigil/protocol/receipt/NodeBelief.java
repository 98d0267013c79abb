package io.invigil.protocol.receipt;

import java.util.List;
import java.util.Objects;

/**
 * What the node believed when it spoke, stamped into every Hello and bundle (XSP/1 section 4).
 *
 * @param site the centre it stands in, by the hub's code; empty before enrolment
 * @param software version of the node's program
 * @param model version of the face model, empty without one
 * @param manifests governing manifests, at most {@link #MANIFESTS_MAX}
 * @param stale no fresh signed statement for 7 days (fault row 55)
 * @param freeBytes free space of the data device
 */
public record NodeBelief(
        String site,
        String software,
        String model,
        List<ManifestMark> manifests,
        boolean stale,
        long freeBytes) {
    public static final int MANIFESTS_MAX = 32;
    public static final int TEXT_CHARS_MAX = 128;

    public NodeBelief {
        Objects.requireNonNull(site);
        manifests = List.copyOf(manifests);
        if (manifests.size() > MANIFESTS_MAX
                || site.length() > TEXT_CHARS_MAX
                || software.length() > TEXT_CHARS_MAX
                || model.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException("a belief is short");
        }
    }
}
