package io.invigil.protocol.hub;

import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.List;
import java.util.Optional;

/**
 * What became of one bundle, after the commit.
 *
 * @param addressee node to tell; empty when not even a claimed one is known
 * @param cursor state of the lane, when the bundle was authentic
 * @param receiptSeen highest receipt the node has seen, by its word inside the seal
 * @param linked whether the contiguous part has grown: work for the projections
 */
public record IngestOutcome(
        Optional<NodeId> addressee,
        ReceiptLine line,
        Optional<LaneCursor> cursor,
        ReceiptMark receiptSeen,
        boolean linked,
        List<HubEffect.Alarm> alarms) {
    public IngestOutcome {
        alarms = List.copyOf(alarms);
    }
}
