package io.invigil.hub.examday;

import io.invigil.hub.plan.Plan;
import io.invigil.hub.site.Site;
import java.util.List;
import java.util.Optional;

/**
 * A room as the board shows it.
 *
 * @param troubles the most urgent first
 */
public record BoardRow(Plan plan, Site site, RoomDay room, List<Trouble> troubles) {
    public BoardRow {
        troubles = List.copyOf(troubles);
    }

    /** What its most urgent trouble asks for; empty when all is well. */
    public Optional<Trouble.Level> level() {
        return troubles.stream().map(trouble -> trouble.kind().level()).findFirst();
    }

    /** Key of the state's text: the phase, or that nothing was heard. */
    public String state() {
        return room.box()
                .flatMap(RoomDay.Box::phase)
                .map(Enum::name)
                .orElse(room.box().isPresent() ? "SILENT" : "NONE");
    }
}
