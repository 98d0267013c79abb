package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import java.util.Optional;

/** Which version governs in the room, and that its papers are open, by the room's own facts. */
public final class PackageProjection implements FactProjection {
    private final PackageStore store = new PackageStore();

    @Override
    public String name() {
        return "exam-packages";
    }

    @Override
    public void apply(Tx tx, IngestedFact fact) {
        Optional<RoomFact> room = fact.room().map(stamped -> stamped.fact());
        if (room.isEmpty()) {
            return;
        }
        if (room.get() instanceof RoomFact.PackageActivated activated
                && isOf(tx, fact.tenant(), activated.exam(), fact.node())) {
            store.active(tx, fact.tenant(), activated.exam(), activated.version());
        }
        if (room.get() instanceof RoomFact.PaperOpened opened
                && isOf(tx, fact.tenant(), opened.exam(), fact.node())) {
            // hub time of storing: the room's clock is evidence only
            store.opened(tx, fact.tenant(), opened.exam(), fact.storedAt(), opened.how());
        }
    }

    private boolean isOf(Tx tx, TenantId tenant, String exam, NodeId node) {
        return store.find(tx, tenant, exam).filter(p -> p.node().equals(node)).isPresent();
    }
}
