package io.invigil.hub.site;

import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import java.util.Set;

/** A room as entered; see {@link Room}. */
public record RoomDraft(
        SiteId site,
        String name,
        Set<ExamMode> types,
        int seats,
        int columns,
        String address,
        Set<LevelId> levels,
        Set<Integer> broken,
        Set<Integer> accessible) {

    public RoomDraft {
        types = Set.copyOf(types);
        levels = Set.copyOf(levels);
        broken = Set.copyOf(broken);
        accessible = Set.copyOf(accessible);
    }

    /** What the form of a room shows. */
    static RoomDraft of(Room room) {
        return new RoomDraft(
                room.site(),
                room.name(),
                room.types(),
                room.seats(),
                room.columns(),
                room.address(),
                room.levels(),
                room.broken(),
                room.accessible());
    }

    /** With every seat in order and none for a wheelchair. */
    public RoomDraft(
            SiteId site,
            String name,
            Set<ExamMode> types,
            int seats,
            int columns,
            String address,
            Set<LevelId> levels) {
        this(site, name, types, seats, columns, address, levels, Set.of(), Set.of());
    }
}
