package io.invigil.protocol.receipt;

import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Objects;

/**
 * The hub's answer to one Hello: where to go on sending (XSP/1 section 5).
 *
 * @param nonce of the Hello that it answers, so that an old answer is worth nothing
 * @param lanes one for each lane that the Hello named, in its order
 */
public record Cursor(
        String hub, HubEpoch hubEpoch, NodeId node, String nonce, List<LaneAck> lanes) {
    /** All ranges of all lanes together. */
    public static final int RANGES_MAX = 256;

    public Cursor {
        Objects.requireNonNull(hub);
        Objects.requireNonNull(hubEpoch);
        Objects.requireNonNull(node);
        Objects.requireNonNull(nonce);
        lanes = List.copyOf(lanes);
        if (lanes.size() > Hello.HEADS_MAX
                || lanes.stream().mapToInt(ack -> ack.ranges().size()).sum() > RANGES_MAX) {
            throw new IllegalArgumentException("a cursor answers one Hello");
        }
    }
}
