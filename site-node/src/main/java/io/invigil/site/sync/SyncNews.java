package io.invigil.site.sync;

import io.invigil.protocol.ledger.EpochHeads;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.node.NodeInput;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.site.blob.BlobOutbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the node's side of sync has to be told before each tick. Used by the sync thread. */
final class SyncNews {
    /** Blobs that the state machine knows of at once; the others wait in the outbox. */
    static final int PENDING_BLOBS_MAX = 64;

    private final Ledger ledger;
    private final BlobOutbox blobs;
    private final Supplier<NodeBelief> belief;
    private final Map<LaneKey, Long> toldHeads = new HashMap<>();
    private NodeBelief toldBelief;

    SyncNews(Ledger ledger, BlobOutbox blobs, Supplier<NodeBelief> belief, NodeBelief told) {
        this.ledger = ledger;
        this.blobs = blobs;
        this.belief = belief;
        this.toldBelief = told;
    }

    /**
     * Everything since the last call.
     *
     * @param pendingBlobs how many the state machine has now
     */
    List<NodeInput> take(int pendingBlobs) {
        List<NodeInput> news = new ArrayList<>();
        List<LaneHead> heads = heads();
        if (!heads.isEmpty()) {
            news.add(new NodeInput.HeadsAdvanced(heads));
        }
        NodeBelief current = belief.get();
        if (!current.equals(toldBelief)) {
            toldBelief = current;
            news.add(new NodeInput.BeliefChanged(current));
        }
        if (pendingBlobs < PENDING_BLOBS_MAX) {
            blobs.next(PENDING_BLOBS_MAX - pendingBlobs)
                    .forEach(manifest -> news.add(new NodeInput.BlobAdded(manifest)));
        }
        news.add(new NodeInput.Tick());
        return news;
    }

    private List<LaneHead> heads() {
        List<LaneHead> changed = new ArrayList<>();
        for (EpochHeads epoch : ledger.heads()) {
            epoch.lanes()
                    .forEach(
                            (lane, head) -> {
                                var key = new LaneKey(epoch.epoch(), lane);
                                Long told = toldHeads.put(key, head.seq());
                                if (told == null || told != head.seq()) {
                                    changed.add(
                                            new LaneHead(
                                                    epoch.epoch(), lane, head.seq(), head.hash()));
                                }
                            });
        }
        return changed;
    }
}
