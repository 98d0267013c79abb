package io.invigil.protocol.receipt;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Objects;

/** The hub holds later records and asks for these (XSP/1 section 6). */
public record GapRequest(
        HubEpoch hubEpoch, NodeId node, EpochId epoch, Lane lane, List<SeqRange> missing) {
    public GapRequest {
        Objects.requireNonNull(hubEpoch);
        Objects.requireNonNull(node);
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(lane);
        missing = List.copyOf(missing);
        if (missing.isEmpty() || missing.size() > LaneAck.RANGES_MAX) {
            throw new IllegalArgumentException("a gap request names 1 to 64 ranges");
        }
    }
}
