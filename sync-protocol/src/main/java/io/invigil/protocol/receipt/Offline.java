package io.invigil.protocol.receipt;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import java.util.Objects;

/** The will of a connection: published by the broker when the node is gone. */
public record Offline(NodeId node, EpochId epoch) {
    public Offline {
        Objects.requireNonNull(node);
        Objects.requireNonNull(epoch);
    }
}
