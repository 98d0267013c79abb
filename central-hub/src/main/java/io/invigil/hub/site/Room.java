package io.invigil.hub.site;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import java.util.Set;

/**
 * A room (考场) that a site sets up for one plan.
 *
 * @param types what it is fit for
 * @param seats number of seats, numbered from 1
 * @param columns seats in one row, for the seat map
 * @param levels certificate levels hosted this time
 */
public record Room(
        TenantId tenant,
        RoomId id,
        PlanId plan,
        SiteId site,
        String name,
        Set<ExamMode> types,
        int seats,
        int columns,
        String address,
        Set<LevelId> levels) {
    public static final int SEATS_MAX = 500;

    public Room {
        types = Set.copyOf(types);
        levels = Set.copyOf(levels);
    }
}
