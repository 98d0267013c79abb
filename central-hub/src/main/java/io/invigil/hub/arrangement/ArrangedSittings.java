package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reading arranged sittings with everything that packages, stickers and lists print. Stateless and
 * thread-safe.
 */
public final class ArrangedSittings {
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();

    /** Who sits in these rooms in this slot, by room and seat. */
    public List<ArrangedSitting> ofSlotAndRooms(
            Tx tx, TenantId tenant, PlanId plan, SlotId slot, Collection<RoomId> wanted) {
        return complete(tx, tenant, plan, sittings.ofSlotAndRooms(tx, tenant, slot, wanted));
    }

    /** All arranged sittings of the plan, by sitting id. */
    public List<ArrangedSitting> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return of(tx, tenant, plan, sittings.ofPlan(tx, tenant, plan));
    }

    /** Those of the given sittings of the plan that are arranged, with everything. */
    public List<ArrangedSitting> of(
            Tx tx, TenantId tenant, PlanId plan, Collection<Sitting> wanted) {
        return complete(
                tx,
                tenant,
                plan,
                wanted.stream().filter(sitting -> sitting.seating().isPresent()).toList());
    }

    private List<ArrangedSitting> complete(
            Tx tx, TenantId tenant, PlanId plan, List<Sitting> arranged) {
        Map<CandidateId, Candidate> people =
                candidates.findAll(tx, tenant, arranged.stream().map(Sitting::candidate).toList());
        Map<SubjectId, Subject> subjects =
                content.subjects(tx, tenant, plan).stream()
                        .collect(Collectors.toMap(Subject::id, Function.identity()));
        Map<RoomId, Room> places =
                rooms.ofPlan(tx, tenant, plan).stream()
                        .collect(Collectors.toMap(Room::id, Function.identity()));
        Map<OrganisationId, Organisation> schools =
                organisations.ofKind(tx, tenant, OrganisationKind.SCHOOL).stream()
                        .collect(Collectors.toMap(Organisation::id, Function.identity()));
        return arranged.stream()
                .map(
                        sitting -> {
                            Candidate candidate = people.get(sitting.candidate());
                            return new ArrangedSitting(
                                    sitting,
                                    candidate,
                                    subjects.get(sitting.subject()),
                                    places.get(sitting.seating().orElseThrow().room()),
                                    schools.get(candidate.school()));
                        })
                .toList();
    }
}
