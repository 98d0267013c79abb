package io.invigil.protocol.blob;

import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Objects;

/**
 * Manifests of blobs that the node can send; signed by the node, repeated until a receipt names the
 * blob. A blob that is lost is told by a fact, not here (fault row 70).
 */
public record BlobOffer(NodeId node, List<BlobManifest> manifests) {
    public static final int MANIFESTS_MAX = 8;

    /** Chunk digests of all manifests together, so that an offer fits into one packet. */
    public static final int CHUNKS_MAX = 600;

    public BlobOffer {
        Objects.requireNonNull(node);
        manifests = List.copyOf(manifests);
        if (manifests.size() > MANIFESTS_MAX
                || manifests.stream().mapToInt(m -> m.chunks().size()).sum() > CHUNKS_MAX) {
            throw new IllegalArgumentException("an offer is limited in its lists");
        }
    }
}
