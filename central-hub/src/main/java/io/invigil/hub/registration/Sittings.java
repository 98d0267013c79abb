package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.RoomId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading sittings, and granting accommodations. Stateless and thread-safe. */
public final class Sittings {
    public static final int ROOMS_ASKED_MAX = 500;
    public static final int EXTRA_MINUTES_MAX = 600;

    private final SittingStore store = new SittingStore();
    private final Audit audit = new Audit();

    /**
     * Grants extra minutes and a wheelchair seat for a sitting; the next arrangement keeps both.
     *
     * @param extraMinutes 0 to {@link #EXTRA_MINUTES_MAX}
     */
    public void accommodate(
            Tx tx, AuditActor who, Sitting sitting, int extraMinutes, boolean accessible) {
        if (extraMinutes < 0 || extraMinutes > EXTRA_MINUTES_MAX) {
            throw new IllegalArgumentException("extra minutes go to " + EXTRA_MINUTES_MAX);
        }
        store.accommodate(tx, sitting.tenant(), sitting.id(), extraMinutes, accessible);
        audit.changed(
                tx,
                who,
                "sitting",
                sitting.id(),
                Map.of("extra", sitting.extraMinutes(), "accessible", sitting.accessible()),
                Map.of("extra", extraMinutes, "accessible", accessible));
    }

    public Optional<Sitting> find(Tx tx, TenantId tenant, SittingId id) {
        return store.find(tx, tenant, id);
    }

    /** All sittings of the plan, arranged or not, by id. */
    public List<Sitting> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.ofPlan(tx, tenant, plan);
    }

    public List<Sitting> ofCandidate(Tx tx, TenantId tenant, CandidateId candidate) {
        return store.ofCandidate(tx, tenant, candidate);
    }

    /** Whether everybody who registered for these subjects has a seat (已排完). */
    public boolean areArranged(
            Tx tx, TenantId tenant, PlanId plan, Collection<SubjectId> subjects) {
        return !subjects.isEmpty() && store.unseated(tx, tenant, plan, subjects) == 0;
    }

    public List<Sitting> ofRegistration(Tx tx, TenantId tenant, RegistrationId registration) {
        return store.ofRegistration(tx, tenant, registration);
    }

    /**
     * Arranged sittings, by room and seat.
     *
     * @param rooms at most {@link #ROOMS_ASKED_MAX}
     */
    public List<Sitting> ofSlotAndRooms(
            Tx tx, TenantId tenant, SlotId slot, Collection<RoomId> rooms) {
        if (rooms.size() > ROOMS_ASKED_MAX) {
            throw new IllegalArgumentException("at most " + ROOMS_ASKED_MAX + " rooms at once");
        }
        return store.ofSlotAndRooms(tx, tenant, slot, rooms);
    }
}
