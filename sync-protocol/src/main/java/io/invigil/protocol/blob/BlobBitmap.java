package io.invigil.protocol.blob;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.HubEpoch;
import java.util.BitSet;
import java.util.Objects;

/**
 * Which chunks of a blob the hub holds: bit {@code i} of byte {@code i / 8}, lowest bit first.
 *
 * @param chunks how many chunks the blob has
 * @param held bitmap of {@code (chunks + 7) / 8} bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record BlobBitmap(HubEpoch hubEpoch, NodeId node, Digest blob, int chunks, byte[] held) {
    public BlobBitmap {
        Objects.requireNonNull(hubEpoch);
        Objects.requireNonNull(node);
        Objects.requireNonNull(blob);
        if (chunks < 1
                || chunks > BlobManifest.CHUNKS_MAX
                || held.length != (chunks + 7) / 8
                || BitSet.valueOf(held).length() > chunks) {
            throw new IllegalArgumentException("bitmap and number of chunks do not agree");
        }
    }

    public static BlobBitmap of(
            HubEpoch hubEpoch, NodeId node, Digest blob, int chunks, BitSet held) {
        byte[] bytes = new byte[(chunks + 7) / 8];
        byte[] set = held.toByteArray();
        System.arraycopy(set, 0, bytes, 0, set.length);
        return new BlobBitmap(hubEpoch, node, blob, chunks, bytes);
    }

    public BitSet heldChunks() {
        return BitSet.valueOf(held);
    }
}
