package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which packages belong to which node, for the scope check of ingest. Thread-safe. */
public final class PackageRegister {
    private final TenantId tenant;
    private final PackageStore store = new PackageStore();

    public PackageRegister(TenantId tenant) {
        this.tenant = tenant;
    }

    /** Names of all packages ever published for a node. */
    public Set<String> examsOf(Tx tx, NodeId node) {
        return store.examsOf(tx, tenant, node);
    }

    public Optional<ExamPackage> find(Tx tx, String exam) {
        return store.find(tx, tenant, exam);
    }

    /** Packages of a slot at a site; several when several nodes serve it. */
    public List<ExamPackage> of(Tx tx, PlanId plan, SlotId slot, SiteId site) {
        return store.ofPlan(tx, tenant, plan).stream()
                .filter(one -> one.slot().equals(slot) && one.site().equals(site))
                .toList();
    }

    /** Whether rooms may already have seats of the plan in a package. */
    public boolean isPublished(Tx tx, PlanId plan) {
        return !store.ofPlan(tx, tenant, plan).isEmpty();
    }
}
