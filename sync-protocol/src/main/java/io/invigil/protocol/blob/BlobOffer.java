package io.invigil.protocol.blob;

import io.invigil.protocol.fact.NodeId;
import java.util.ArrayList;
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

    /** Manifests in order, as many in each list as one offer takes. */
    public static List<List<BlobManifest>> pages(List<BlobManifest> manifests) {
        List<List<BlobManifest>> pages = new ArrayList<>();
        List<BlobManifest> page = new ArrayList<>();
        int chunks = 0;
        for (BlobManifest manifest : manifests) {
            chunks += manifest.chunks().size();
            if (page.size() == MANIFESTS_MAX || chunks > CHUNKS_MAX && !page.isEmpty()) {
                pages.add(List.copyOf(page));
                page.clear();
                chunks = manifest.chunks().size();
            }
            page.add(manifest);
        }
        if (!page.isEmpty()) {
            pages.add(List.copyOf(page));
        }
        return pages;
    }
}
