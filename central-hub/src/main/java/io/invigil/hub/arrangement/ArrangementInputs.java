package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.borrowing.Borrowings;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.hub.violation.BannedPeople;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads what an arrangement is decided from. Stateless and thread-safe. */
final class ArrangementInputs {
    private final Payments payments;
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final BannedPeople bans = new BannedPeople();
    private final Borrowings borrowings = new Borrowings();

    ArrangementInputs(Payments payments) {
        this.payments = payments;
    }

    /** Who is seated, and of the others only the paid ones where the plan uses fees. */
    List<Sitting> sittings(Tx tx, Plan plan) {
        List<Sitting> all = sittings.ofPlan(tx, plan.tenant(), plan.id());
        if (!plan.options().fees()) {
            return all;
        }
        Map<SittingId, Payments.Payment> known = payments.ofPlan(tx, plan.tenant(), plan.id());
        return all.stream()
                .filter(
                        one ->
                                one.seating().isPresent()
                                        || known.get(one.id()) == Payments.Payment.PAID)
                .toList();
    }

    /**
     * The problem of the sittings that are named, in the order of candidate numbers; all other
     * seated ones stay.
     *
     * @param wanted which sittings are to be placed
     * @param now nobody new is seated in a slot that has begun
     */
    ArrangementProblem problem(
            Tx tx,
            Plan plan,
            List<Sitting> all,
            Predicate<Sitting> wanted,
            Arrangements.SiteChoice choice,
            Instant now) {
        TenantId tenant = plan.tenant();
        Map<CandidateId, Candidate> people =
                candidates.findAll(tx, tenant, all.stream().map(Sitting::candidate).toList());
        List<Sitting> inOrder = new ArrayList<>(all);
        inOrder.sort(
                Comparator.<Sitting, String>comparing(one -> people.get(one.candidate()).number())
                        .thenComparing(one -> one.id().value()));
        List<WantedSitting> open = new ArrayList<>();
        List<Placement> fixed = new ArrayList<>();
        for (Sitting sitting : inOrder) {
            WantedSitting one =
                    new WantedSitting(
                            sitting.id(),
                            sitting.candidate(),
                            people.get(sitting.candidate()).school(),
                            sitting.subject(),
                            sitting.extraMinutes(),
                            sitting.accessible());
            if (wanted.test(sitting)) {
                open.add(one);
            } else {
                sitting.seating()
                        .ifPresent(
                                seat ->
                                        fixed.add(
                                                new Placement(
                                                        one,
                                                        seat.slot(),
                                                        seat.room(),
                                                        seat.seat())));
            }
        }
        List<Slot> slots =
                content.slots(tx, tenant, plan.id()).stream()
                        .map(slot -> slot.time().isAfter(now) ? slot : withoutSubjects(slot))
                        .toList();
        return new ArrangementProblem(
                open,
                content.subjects(tx, tenant, plan.id()).stream()
                        .collect(Collectors.toMap(Subject::id, Function.identity())),
                slots,
                rooms.ofPlan(tx, tenant, plan.id()),
                sitesOf(tx, plan, choice),
                borrowings.lent(tx, plan),
                fixed,
                plan.options().mixedSubjects());
    }

    /** Names of those who are banned from the plan's exam, by candidate. */
    Map<CandidateId, String> banned(Tx tx, Plan plan, List<Sitting> some) {
        Set<CandidateId> found =
                bans.banned(tx, plan, some.stream().map(Sitting::candidate).distinct().toList())
                        .keySet();
        Map<CandidateId, String> names = new TreeMap<>(Comparator.comparing(CandidateId::value));
        candidates
                .findAll(tx, plan.tenant(), found)
                .forEach((id, one) -> names.put(id, one.name() + " " + one.number()));
        return names;
    }

    /** Nobody new is seated in a slot that has begun; who is seated there still counts. */
    static Slot withoutSubjects(Slot slot) {
        return new Slot(slot.tenant(), slot.id(), slot.plan(), slot.time(), List.of());
    }

    private Map<OrganisationId, Set<SiteId>> sitesOf(
            Tx tx, Plan plan, Arrangements.SiteChoice choice) {
        Map<OrganisationId, Set<SiteId>> own = new HashMap<>();
        Set<SiteId> every = new HashSet<>();
        for (Site site : sites.approved(tx, plan.tenant())) {
            own.computeIfAbsent(site.school(), key -> new HashSet<>()).add(site.id());
            every.add(site.id());
        }
        return switch (choice) {
            case OWN_SITES -> own;
            case ALL_SITES ->
                    plan.schools().stream().collect(Collectors.toMap(school -> school, s -> every));
        };
    }
}
