package io.invigil.protocol.hub;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import java.util.Optional;

/**
 * One epoch of a node as its {@code epoch-opened} fact states it.
 *
 * @param parent the epoch before it on that disk; two children of one parent are a clone
 */
public record EpochRow(NodeId node, EpochId epoch, Optional<EpochId> parent, String reason) {}
