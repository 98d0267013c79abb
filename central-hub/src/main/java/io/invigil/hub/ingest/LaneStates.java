package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import java.util.List;

/** What the hub holds of each lane, for pages of other features. Stateless and thread-safe. */
public final class LaneStates {
    private final LaneStateStore store = new LaneStateStore();

    /** Lanes of a node, the latest changed first, at most {@value LaneStateStore#SHOWN_MAX}. */
    public List<LaneState> of(Tx tx, TenantId tenant, NodeId node) {
        return store.of(tx, tenant, node);
    }
}
