package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a segment is part of: bound to its key as additional data, so that no header fits another
 * node's or epoch's key.
 *
 * @param parent the epoch this epoch continues
 * @param firstBatch number of the first batch, from 1 in each epoch
 * @param prevBatchHash hash of the batch before it, or {@link #batchGenesis}
 */
public record SegmentIdentity(
        String suite,
        Realm realm,
        NodeId node,
        EpochId epoch,
        Optional<EpochId> parent,
        int index,
        long firstBatch,
        long firstPosition,
        Digest prevBatchHash) {

    /** The hash that stands before the first batch of an epoch. */
    public static Digest batchGenesis(String suite, Realm realm, NodeId node, EpochId epoch) {
        return Digest.sha256(
                new byte[] {4},
                (suite + '\n' + realm + '\n' + node + '\n' + epoch.hex())
                        .getBytes(StandardCharsets.UTF_8));
    }

    public SegmentName name() {
        return new SegmentName(firstPosition, epoch, index);
    }

    byte[] associatedData() {
        return String.join(
                        "\n",
                        "xsp1 ledger segment",
                        suite,
                        realm.value(),
                        node.value(),
                        epoch.hex(),
                        parent.map(EpochId::hex).orElse(""),
                        Integer.toString(index),
                        Long.toString(firstBatch),
                        Long.toString(firstPosition),
                        prevBatchHash.hex())
                .getBytes(StandardCharsets.UTF_8);
    }
}
