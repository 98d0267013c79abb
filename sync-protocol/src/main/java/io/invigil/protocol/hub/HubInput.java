package io.invigil.protocol.hub;

import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.LaneKey;
import java.util.Map;

/** What {@link HubSync} is told. Byte arrays are not to be changed afterwards. */
public sealed interface HubInput {

    /**
     * A message from the pipe.
     *
     * @param messageNumber comes back in {@link HubEffect.Complete} once its effect is committed
     * @param node from the topic, which the broker's ACL binds to the client's certificate
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Received(long messageNumber, NodeId node, Topics.UpKind kind, byte[] bytes)
            implements HubInput {}

    /** A file from a stick: Hello, bundle, offer or chunk; USB limits hold. */
    @SuppressWarnings("ArrayRecordComponent")
    record FromStick(byte[] bytes) implements HubInput {}

    /** A replica or verified backup covers these lanes of a node up to these numbers (R2). */
    record Covered(NodeId node, Map<LaneKey, Long> through) implements HubInput {
        public Covered {
            through = Map.copyOf(through);
        }
    }

    /** Time passes; at least ten times a second. */
    record Tick() implements HubInput {}
}
