package io.invigil.hub.print;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.arrangement.ArrangementView;
import io.invigil.hub.arrangement.ArrangementView.SubjectProgress;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who has an admission ticket in a plan, and what stands on it. A school gets tickets only of
 * candidates all of whose subjects are 已排完 (domain, section 7): a ticket that lacks a sitting would
 * send someone home early. Stateless and thread-safe.
 */
final class Tickets {
    private final ArrangedSittings arranged = new ArrangedSittings();
    private final ArrangementView view = new ArrangementView();
    private final PlanContent content = new PlanContent();
    private final Sites sites = new Sites();
    private final Sittings sittings = new Sittings();

    /** By admission number, which follows site, room and seat; without photos. */
    List<AdmissionTicket> ofPlan(Tx tx, StaffScope scope, Plan plan) {
        Map<Long, List<ArrangedSitting>> people = new LinkedHashMap<>();
        for (ArrangedSitting one : arranged.ofPlan(tx, plan.tenant(), plan.id())) {
            if (scope.sees(one.candidate().school())) {
                people.computeIfAbsent(one.candidate().id().value(), c -> new ArrayList<>())
                        .add(one);
            }
        }
        if (scope.onlySchool().isPresent()) {
            Set<SubjectId> complete =
                    view.progress(tx, plan).stream()
                            .filter(one -> one.state() == SubjectProgress.State.ARRANGED)
                            .map(one -> one.subject().id())
                            .collect(Collectors.toSet());
            people.values()
                    .removeIf(
                            own ->
                                    !own.stream()
                                            .allMatch(
                                                    one -> complete.contains(one.subject().id())));
        }
        return made(tx, plan, people.values());
    }

    /**
     * The ticket of one candidate, under the rule for schools: only when everybody in each of the
     * candidate's subjects has a seat.
     */
    Optional<AdmissionTicket> ofCandidate(Tx tx, Plan plan, CandidateId candidate) {
        List<Sitting> own =
                sittings.ofCandidate(tx, plan.tenant(), candidate).stream()
                        .filter(one -> one.plan().equals(plan.id()))
                        .toList();
        Set<SubjectId> subjects = own.stream().map(Sitting::subject).collect(Collectors.toSet());
        return sittings.areArranged(tx, plan.tenant(), plan.id(), subjects)
                ? made(tx, plan, List.of(arranged.of(tx, plan.tenant(), plan.id(), own))).stream()
                        .findFirst()
                : Optional.empty();
    }

    private List<AdmissionTicket> made(Tx tx, Plan plan, Collection<List<ArrangedSitting>> people) {
        Map<SlotId, Slot> slots = new HashMap<>();
        content.slots(tx, plan.tenant(), plan.id()).forEach(s -> slots.put(s.id(), s));
        Map<LevelId, CertificateLevel> levels = new HashMap<>();
        content.levels(tx, plan.tenant(), plan.id()).forEach(l -> levels.put(l.id(), l));
        Map<SiteId, Site> places = new HashMap<>();
        List<AdmissionTicket> tickets = new ArrayList<>();
        for (List<ArrangedSitting> unordered : people) {
            List<ArrangedSitting> own =
                    unordered.stream()
                            .sorted(Comparator.comparing(one -> start(slots, one)))
                            .toList();
            Seating first = own.getFirst().sitting().seating().orElseThrow();
            Site site =
                    places.computeIfAbsent(
                            first.site(), id -> sites.find(tx, plan.tenant(), id).orElseThrow());
            tickets.add(new AdmissionTicket(plan, site, own, slots, levels, Optional.empty()));
        }
        tickets.sort(Comparator.comparing(AdmissionTicket::admissionNumber));
        return tickets;
    }

    private static java.time.Instant start(Map<SlotId, Slot> slots, ArrangedSitting one) {
        return slots.get(one.sitting().seating().orElseThrow().slot()).time().from();
    }
}
