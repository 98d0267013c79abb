package io.invigil.protocol.receipt;

import io.invigil.protocol.fact.NodeId;
import java.util.Objects;

/** The hub asks for a Hello with proof: a bundle named a receipt that it does not remember. */
public record HelloRequest(HubEpoch hubEpoch, NodeId node) {
    public HelloRequest {
        Objects.requireNonNull(hubEpoch);
        Objects.requireNonNull(node);
    }
}
