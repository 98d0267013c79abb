package io.invigil.protocol.blob;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Objects;

/**
 * Manifests of blobs that the node can send, and digests of those it has lost for ever; signed by
 * the node, repeated until a receipt names the blob.
 */
public record BlobOffer(NodeId node, List<BlobManifest> manifests, List<Digest> gone) {
    public static final int MANIFESTS_MAX = 8;

    /** Chunk digests of all manifests together, so that an offer fits into one packet. */
    public static final int CHUNKS_MAX = 600;

    public static final int GONE_MAX = 64;

    public BlobOffer {
        Objects.requireNonNull(node);
        manifests = List.copyOf(manifests);
        gone = List.copyOf(gone);
        if (manifests.size() > MANIFESTS_MAX
                || gone.size() > GONE_MAX
                || manifests.stream().mapToInt(m -> m.chunks().size()).sum() > CHUNKS_MAX) {
            throw new IllegalArgumentException("an offer is limited in its lists");
        }
    }
}
