package io.invigil.hub.ingest;

import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;

/**
 * Told by ingest what happened, after the commit, on a worker's thread: must be quick and must not
 * throw for reasons of its own.
 */
public interface IngestListener {

    /** New contiguous records are stored. */
    void stored(NodeId node);

    /** A node's verified Hello. */
    void seen(NodeId node, Hello hello);

    /** The broker published a node's will. */
    void gone(NodeId node);

    /** A receipt was sent to a node. */
    void receipted(NodeId node);

    void alarm(HubEffect.Alarm alarm);

    /** This hub found out that it was restored from a backup. */
    void hubEpochOpened(HubEpoch hubEpoch);
}
