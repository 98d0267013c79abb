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
        Set<LevelId> levels) {

    public RoomDraft {
        types = Set.copyOf(types);
        levels = Set.copyOf(levels);
    }
}
