package io.invigil.hub.ingest;

import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Signed messages of a feature to nodes. They go again and again until the node's own fact says
 * that they came, so a carrier may lose, double or reorder them. Thread-safe.
 */
public interface Downlink {

    /**
     * Sends what is due; called every few seconds, by every hub instance.
     *
     * @param send publishes a command to a node; false when it cannot now
     */
    void sendDue(BiPredicate<NodeId, byte[]> send);

    /** What waits for a node that asks over HTTPS, the oldest first. */
    List<byte[]> waiting(NodeId node);
}
