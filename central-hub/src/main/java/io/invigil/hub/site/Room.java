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
 * @param broken seats that nobody can be given
 * @param accessible seats that suit a wheelchair
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
        Set<LevelId> levels,
        Set<Integer> broken,
        Set<Integer> accessible) {
    public static final int SEATS_MAX = 500;

    public Room {
        types = Set.copyOf(types);
        levels = Set.copyOf(levels);
        broken = Set.copyOf(broken);
        accessible = Set.copyOf(accessible);
    }

    /** With every seat in order and none for a wheelchair. */
    public Room(
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
        this(
                tenant, id, plan, site, name, types, seats, columns, address, levels, Set.of(),
                Set.of());
    }

    /** Seats that are not broken. */
    public int usableSeats() {
        return seats - (int) broken.stream().filter(seat -> seat >= 1 && seat <= seats).count();
    }

    /** Seats for a wheelchair that are not broken. */
    public int usableAccessible() {
        return (int) accessible.stream().filter(seat -> !broken.contains(seat)).count();
    }
}
