package io.invigil.hub.plan;

import io.invigil.hub.organisation.TenantId;
import java.util.List;

/**
 * A time in which one may sit, and the subjects that are sat in it.
 *
 * @param time start and end, [start, end)
 */
public record Slot(TenantId tenant, SlotId id, PlanId plan, Window time, List<SubjectId> subjects) {

    public Slot {
        subjects = List.copyOf(subjects);
    }
}
