package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything an arrangement is decided from (domain, section 7).
 *
 * @param wanted without those in {@code fixed}; in the order of the candidates' numbers where that
 *     matters
 * @param sitesOf per school, the approved sites its candidates may sit at
 * @param lent per school, single rooms of other sites that it borrows (借考)
 * @param fixed already seated; stays as it is
 * @param mixedSubjects whether several subjects may sit in one room at one time
 */
public record ArrangementProblem(
        List<WantedSitting> wanted,
        Map<SubjectId, Subject> subjects,
        List<Slot> slots,
        List<Room> rooms,
        Map<OrganisationId, Set<SiteId>> sitesOf,
        Map<OrganisationId, Set<RoomId>> lent,
        List<Placement> fixed,
        boolean mixedSubjects) {
    public static final int SITTINGS_MAX = 2_000_000;

    public ArrangementProblem {
        wanted = List.copyOf(wanted);
        subjects = Map.copyOf(subjects);
        slots = List.copyOf(slots);
        rooms = List.copyOf(rooms);
        sitesOf = Map.copyOf(sitesOf);
        lent = Map.copyOf(lent);
        fixed = List.copyOf(fixed);
        if (wanted.size() + fixed.size() > SITTINGS_MAX) {
            throw new IllegalArgumentException("at most " + SITTINGS_MAX + " sittings");
        }
    }

    /** Nothing is lent. */
    public ArrangementProblem(
            List<WantedSitting> wanted,
            Map<SubjectId, Subject> subjects,
            List<Slot> slots,
            List<Room> rooms,
            Map<OrganisationId, Set<SiteId>> sitesOf,
            List<Placement> fixed,
            boolean mixedSubjects) {
        this(wanted, subjects, slots, rooms, sitesOf, Map.of(), fixed, mixedSubjects);
    }

    /** Nothing is lent, and subjects may share rooms. */
    public ArrangementProblem(
            List<WantedSitting> wanted,
            Map<SubjectId, Subject> subjects,
            List<Slot> slots,
            List<Room> rooms,
            Map<OrganisationId, Set<SiteId>> sitesOf,
            List<Placement> fixed) {
        this(wanted, subjects, slots, rooms, sitesOf, fixed, true);
    }

    /** The same, as if subjects might share rooms. */
    ArrangementProblem withMixedSubjects() {
        return new ArrangementProblem(wanted, subjects, slots, rooms, sitesOf, lent, fixed, true);
    }
}
