package io.invigil.protocol.hub;

import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.LaneKey;

/** What {@link HubSync} asks its driver to do, in this order, after the commit. */
public sealed interface HubEffect {

    /** Complete the inbound message with this number (MQTT PUBACK). */
    record Complete(long messageNumber) implements HubEffect {}

    /** Publish to a node, or write onto the stick it is served by. */
    @SuppressWarnings("ArrayRecordComponent")
    record Send(NodeId node, Topics.DownKind kind, byte[] bytes) implements HubEffect {}

    /** New contiguous records wait for the projections. */
    record Apply(NodeId node, LaneKey lane, long throughSeq) implements HubEffect {}

    /** A Hello was verified: the node is there. For the live page. */
    record NodeSeen(NodeId node, io.invigil.protocol.receipt.Hello hello) implements HubEffect {}

    /** A verified will: the node's connection is gone. */
    record NodeGone(NodeId node) implements HubEffect {}

    /** A blob is complete; its digest was checked. */
    record BlobComplete(NodeId node, io.invigil.protocol.blob.BlobManifest manifest)
            implements HubEffect {}

    /** The hub found that it was restored: scrub the blob index, raise manifest versions. */
    record HubEpochOpened(io.invigil.protocol.receipt.HubEpoch hubEpoch) implements HubEffect {}

    /**
     * The store is unavailable: close the pipe, wait, connect anew. What was not completed is sent
     * again by the nodes.
     */
    record ClosePipe(String reason) implements HubEffect {}

    /** Something people must see. {@code detail} holds no personal data. */
    record Alarm(HubAlarm code, String node, String detail) implements HubEffect {}
}
