package io.invigil.protocol.hub;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.fact.NodeId;

/** Where blobs are put together. Every call may be repeated with the same arguments. */
public interface BlobFiles {

    /**
     * Writes one verified chunk into the staging file and syncs it.
     *
     * @throws HubStoreUnavailable when it cannot be written
     */
    void stage(NodeId node, BlobManifest manifest, int index, byte[] chunk);

    /**
     * Checks the digest of the staged file and renames it to its place.
     *
     * @return false when the digest differs: the blob starts anew
     * @throws HubStoreUnavailable when it cannot be read or renamed
     */
    boolean complete(NodeId node, BlobManifest manifest);

    /**
     * Whether a completed blob is still there: a restored hub may have its row and not its file.
     *
     * @throws HubStoreUnavailable when it cannot be asked
     */
    boolean holds(NodeId node, BlobManifest manifest);
}
