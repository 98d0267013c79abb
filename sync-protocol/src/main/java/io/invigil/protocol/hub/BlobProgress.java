package io.invigil.protocol.hub;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.fact.NodeId;
import java.util.BitSet;

/**
 * A blob on its way to the hub. The bit set is not to be changed.
 *
 * @param complete all chunks staged, synced, renamed and the whole digest checked
 * @param gone the node has stated by a fact that it lost the blob for ever (row 70)
 */
public record BlobProgress(
        NodeId node, BlobManifest manifest, BitSet held, boolean complete, boolean gone) {}
