package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import java.util.List;
import java.util.stream.Stream;

/** Accounts of people who work in some rooms in one slot only, by assignment. */
@FunctionalInterface
public interface AssignedStaff {

    List<Roster.Staff> of(Tx tx, TenantId tenant, SlotId slot, List<RoomId> rooms);

    /** These, then the others. */
    default AssignedStaff and(AssignedStaff others) {
        return (tx, tenant, slot, rooms) ->
                Stream.concat(
                                of(tx, tenant, slot, rooms).stream(),
                                others.of(tx, tenant, slot, rooms).stream())
                        .toList();
    }

    /** Nobody. */
    static AssignedStaff none() {
        return (tx, tenant, slot, rooms) -> List.of();
    }
}
