package io.invigil.protocol.hub;

import io.invigil.protocol.fact.NodeId;
import java.util.Optional;

/** Who the nodes are and what they may report: enrolment and arrangement. Thread-safe. */
public interface HubDirectory {

    /** The node's standing; empty when it was never enrolled. */
    Optional<NodeStanding> standing(NodeId node);
}
