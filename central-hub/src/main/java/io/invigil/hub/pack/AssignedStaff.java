package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import java.util.List;

/** Accounts of people who work in some rooms in one slot only, by assignment. */
@FunctionalInterface
public interface AssignedStaff {

    List<Roster.Staff> of(Tx tx, TenantId tenant, SlotId slot, List<RoomId> rooms);

    /** Nobody. */
    static AssignedStaff none() {
        return (tx, tenant, slot, rooms) -> List.of();
    }
}
