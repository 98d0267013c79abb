package io.invigil.hub.fleet;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.SiteId;
import java.util.List;

/** Reading which nodes serve a site. Stateless and thread-safe. */
public final class SiteNodes {
    private final FleetStore store = new FleetStore();

    /** Nodes in force at a site. */
    public List<SiteNode> inForceAt(Tx tx, TenantId tenant, SiteId site) {
        return store.nodesOfSite(tx, tenant, site).stream()
                .filter(node -> node.revoked().isEmpty())
                .toList();
    }
}
