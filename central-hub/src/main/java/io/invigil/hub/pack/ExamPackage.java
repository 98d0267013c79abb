package io.invigil.hub.pack;

import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A published package, without its content.
 *
 * @param exam its name, in manifests and facts
 * @param sittings how many are in its roster
 * @param fetchedVersion highest version whose manifest the node has asked for; 0 for none
 * @param activeVersion highest version that governs at the node, by its own fact; 0 for none
 * @param releaseAt when its keys are released if two people have approved: five minutes before the
 *     start, or earlier on demand
 * @param sentAt last time the release was sent
 * @param openedAt when the room opened its papers, and how
 */
public record ExamPackage(
        String exam,
        PlanId plan,
        SlotId slot,
        SiteId site,
        NodeId node,
        Instant startsAt,
        Instant endsAt,
        long version,
        Digest digest,
        int sittings,
        Instant publishedAt,
        String publishedBy,
        long fetchedVersion,
        long activeVersion,
        Instant releaseAt,
        Optional<Instant> sentAt,
        Optional<Instant> openedAt,
        String openedHow) {

    /** Name of the package of a slot for a node; at most 40 letters, digits and dashes. */
    public static String nameOf(SlotId slot, NodeId node) {
        String name = "S" + slot.value() + "-" + node.value();
        if (name.length() <= NAME_CHARS_MAX) {
            return name;
        }
        // both are long: the digest keeps it unique
        String digest = Digest.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex();
        return "S-" + digest.substring(0, NAME_CHARS_MAX - 2);
    }

    private static final int NAME_CHARS_MAX = 40;
}
