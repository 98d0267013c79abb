package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything an arrangement is decided from (domain, section 7).
 *
 * @param wanted without those in {@code fixed}
 * @param sitesOf per school, the approved or borrowed sites its candidates may sit at
 * @param fixed already seated; stays as it is
 */
public record ArrangementProblem(
        List<WantedSitting> wanted,
        Map<SubjectId, Subject> subjects,
        List<Slot> slots,
        List<Room> rooms,
        Map<OrganisationId, Set<SiteId>> sitesOf,
        List<Placement> fixed) {
    public static final int SITTINGS_MAX = 200_000;

    public ArrangementProblem {
        wanted = List.copyOf(wanted);
        subjects = Map.copyOf(subjects);
        slots = List.copyOf(slots);
        rooms = List.copyOf(rooms);
        sitesOf = Map.copyOf(sitesOf);
        fixed = List.copyOf(fixed);
        if (wanted.size() + fixed.size() > SITTINGS_MAX) {
            throw new IllegalArgumentException("at most " + SITTINGS_MAX + " sittings");
        }
    }
}
