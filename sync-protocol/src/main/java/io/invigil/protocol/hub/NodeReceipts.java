package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.HubEpoch;

/** The last receipt issued to a node within a hub epoch; {@code rcptSeq} 0 before the first. */
public record NodeReceipts(NodeId node, HubEpoch hubEpoch, long rcptSeq, Digest lastHash) {

    /** The same row for the hub epoch that is current: a new epoch starts a new chain. */
    public NodeReceipts in(HubEpoch current) {
        return hubEpoch.equals(current) ? this : new NodeReceipts(node, current, 0, Digest.ZERO);
    }
}
