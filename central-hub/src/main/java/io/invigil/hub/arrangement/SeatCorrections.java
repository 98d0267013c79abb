package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Corrects an arrangement to what a room did: two of one room and slot sat in each other's seats.
 * Who may decide was asked before; windows do not apply, because it has happened. Stateless and
 * thread-safe.
 */
public final class SeatCorrections {
    private final Sittings sittings = new Sittings();
    private final ArrangementStore store = new ArrangementStore();
    private final Plans plans = new Plans();
    private final Audit audit = new Audit();

    /**
     * Exchanges the seats of a sitting and of whoever is arranged at the other seat.
     *
     * @param from seat at which the sitting must be arranged
     * @return whether it was done: not when the arrangement does not say so any more
     */
    public boolean exchange(Tx tx, AuditActor who, Plan plan, SittingId sitting, int from, int to) {
        plans.lock(tx, plan.tenant(), plan.id());
        Optional<Sitting> one =
                sittings.find(tx, plan.tenant(), sitting)
                        .filter(found -> found.plan().equals(plan.id()))
                        .filter(found -> seat(found) == from);
        if (one.isEmpty() || from == to) {
            return false;
        }
        Seating at = one.get().seating().orElseThrow();
        Optional<Sitting> other =
                sittings.ofSlotAndRooms(tx, plan.tenant(), at.slot(), List.of(at.room())).stream()
                        .filter(found -> seat(found) == to)
                        .findFirst();
        if (other.isEmpty()) {
            return false;
        }
        store.exchange(tx, plan.tenant(), one.get().id(), from, other.get().id(), to);
        audit.changed(
                tx,
                who,
                "arrangement",
                plan.id(),
                Map.of(one.get().id().toString(), from, other.get().id().toString(), to),
                Map.of(one.get().id().toString(), to, other.get().id().toString(), from));
        return true;
    }

    private static int seat(Sitting one) {
        return one.seating().map(Seating::seat).orElse(0);
    }
}
