package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Arranges a plan (domain, section 7): runs the {@link Arranger}, lets the {@link ArrangementCheck}
 * judge, then stores seats, PINs and admission numbers in one transaction. Who is seated already
 * stays seated. Thread-safe.
 */
public final class Arrangements {
    public static final int RUNS_LISTED_MAX = 20;

    private final Clock clock;
    private final SeatingUse use;
    private final Payments payments;
    private final Issuing issuing;
    private final ArrangementStore store = new ArrangementStore();
    private final Arranger arranger = new Arranger();
    private final ArrangementCheck check = new ArrangementCheck();
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final Numbers numbers = new Numbers();

    /**
     * @param use asked before seats are taken back
     */
    public Arrangements(Clock clock, Entropy entropy, SeatingUse use) {
        this(clock, entropy, use, Payments.none());
    }

    /**
     * @param use asked before seats are taken back
     * @param payments asked where the plan uses fees: only paid registrations are arranged
     */
    public Arrangements(Clock clock, Entropy entropy, SeatingUse use, Payments payments) {
        this.clock = clock;
        this.use = use;
        this.payments = payments;
        this.issuing = new Issuing(entropy);
    }

    /** Which sites a school's candidates may be sent to. */
    public enum SiteChoice {
        /** The school's own approved sites. */
        OWN_SITES,
        /** Every approved site in the plan: the body lends seats (借考). */
        ALL_SITES
    }

    /** Seats everyone in the plan who is not seated yet, or nobody. */
    public ArrangementDecision arrange(
            Tx tx, StaffScope scope, Plan plan, SiteChoice choice, long seed) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = issues(scope, plan);
        if (!issues.isEmpty()) {
            return new ArrangementDecision.Refused(issues);
        }
        List<Sitting> all = paid(tx, plan, sittings.ofPlan(tx, plan.tenant(), plan.id()));
        if (all.stream().allMatch(sitting -> sitting.seating().isPresent())) {
            return refused(ArrangementRefusal.ARR_NOTHING_TO_DO, "");
        }
        if (all.size() > ArrangementProblem.SITTINGS_MAX) {
            return refused(
                    ArrangementRefusal.ARR_TOO_MANY_SITTINGS,
                    Integer.toString(ArrangementProblem.SITTINGS_MAX));
        }
        ArrangementProblem problem = problem(tx, plan, all, choice);
        return switch (arranger.arrange(problem, seed)) {
            case ArrangementOutcome.Infeasible none -> {
                record(tx, scope, plan, seed, 0, none.bottlenecks());
                yield new ArrangementDecision.Infeasible(seed, none.bottlenecks());
            }
            case ArrangementOutcome.Arranged arranged -> {
                List<String> faults = check.violations(problem, arranged.placements());
                if (!faults.isEmpty()) {
                    throw new ArrangementUnsound(seed, faults);
                }
                keep(tx, plan, problem, arranged.placements());
                record(tx, scope, plan, seed, arranged.placements().size(), List.of());
                yield new ArrangementDecision.Done(seed, arranged.placements().size());
            }
        };
    }

    /** Who is seated stays; of the others only the paid ones where the plan uses fees. */
    private List<Sitting> paid(Tx tx, Plan plan, List<Sitting> all) {
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
     * Takes all seats of the plan back, while no slot has begun. Admission numbers stay with their
     * candidates for ever.
     */
    public ArrangementDecision clear(Tx tx, StaffScope scope, Plan plan) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = issues(scope, plan);
        Instant now = clock.instant();
        Set<SlotId> used =
                sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .flatMap(sitting -> sitting.seating().stream())
                        .map(Seating::slot)
                        .collect(Collectors.toSet());
        boolean begun =
                content.slots(tx, plan.tenant(), plan.id()).stream()
                        .filter(slot -> used.contains(slot.id()))
                        .anyMatch(slot -> !slot.time().isAfter(now));
        if (use.isPublished(tx, plan)) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_PUBLISHED));
        }
        if (begun) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_SLOT_BEGUN));
        }
        if (!issues.isEmpty()) {
            return new ArrangementDecision.Refused(issues);
        }
        store.clear(tx, plan.tenant(), plan.id());
        return new ArrangementDecision.Done(0, 0);
    }

    /** Runs of the plan, newest first. */
    public List<ArrangementRun> runs(Tx tx, Plan plan) {
        return store.runs(tx, plan.tenant(), plan.id(), RUNS_LISTED_MAX);
    }

    /** Seated sittings per room. */
    public Map<RoomId, Long> seatedByRoom(Tx tx, Plan plan) {
        return store.seatedByRoom(tx, plan.tenant(), plan.id());
    }

    private List<FieldIssue> issues(StaffScope scope, Plan plan) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!scope.mayRunPlansOf(plan.body())) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_NOT_ALLOWED));
        }
        if (!plan.isOpen(PlanStage.ARRANGEMENT, clock.instant())) {
            Window window = plan.windows().arrangement();
            String days = window.firstDay(plan.zone()) + " – " + window.lastDay(plan.zone());
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_WINDOW_CLOSED, days));
        }
        return issues;
    }

    private ArrangementProblem problem(Tx tx, Plan plan, List<Sitting> all, SiteChoice choice) {
        TenantId tenant = plan.tenant();
        Map<CandidateId, Candidate> people =
                candidates.findAll(tx, tenant, all.stream().map(Sitting::candidate).toList());
        List<WantedSitting> wanted = new ArrayList<>();
        List<Placement> fixed = new ArrayList<>();
        for (Sitting sitting : all) {
            WantedSitting one =
                    new WantedSitting(
                            sitting.id(),
                            sitting.candidate(),
                            people.get(sitting.candidate()).school(),
                            sitting.subject());
            sitting.seating()
                    .ifPresentOrElse(
                            seat ->
                                    fixed.add(
                                            new Placement(
                                                    one, seat.slot(), seat.room(), seat.seat())),
                            () -> wanted.add(one));
        }
        Instant now = clock.instant();
        List<Slot> slots =
                content.slots(tx, tenant, plan.id()).stream()
                        .map(slot -> slot.time().isAfter(now) ? slot : withoutSubjects(slot))
                        .toList();
        return new ArrangementProblem(
                wanted,
                content.subjects(tx, tenant, plan.id()).stream()
                        .collect(Collectors.toMap(Subject::id, Function.identity())),
                slots,
                rooms.ofPlan(tx, tenant, plan.id()),
                sitesOf(tx, plan, choice),
                fixed);
    }

    /** Nobody new is seated in a slot that has begun; who is seated there still counts. */
    private static Slot withoutSubjects(Slot slot) {
        return new Slot(slot.tenant(), slot.id(), slot.plan(), slot.time(), List.of());
    }

    private Map<OrganisationId, Set<SiteId>> sitesOf(Tx tx, Plan plan, SiteChoice choice) {
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

    private void keep(Tx tx, Plan plan, ArrangementProblem problem, List<Placement> placements) {
        Map<RoomId, Room> byId =
                problem.rooms().stream().collect(Collectors.toMap(Room::id, Function.identity()));
        List<ArrangementStore.Seated> seated =
                placements.stream()
                        .map(
                                one ->
                                        new ArrangementStore.Seated(
                                                one, byId.get(one.room()).site(), issuing.pin()))
                        .toList();
        store.seat(tx, plan.tenant(), plan.id(), seated);
        Map<CandidateId, String> present = store.admissions(tx, plan.tenant(), plan.id());
        store.admit(
                tx,
                plan.tenant(),
                plan.id(),
                issuing.admissionNumbers(plan, problem, placements, present));
    }

    private void record(
            Tx tx,
            StaffScope scope,
            Plan plan,
            long seed,
            int placed,
            List<Bottleneck> bottlenecks) {
        long id = numbers.take(tx, plan.tenant(), NumberSeries.ARRANGEMENT_RUN, 1);
        ArrangementRun run =
                new ArrangementRun(
                        plan.tenant(),
                        plan.id(),
                        seed,
                        scope.login(),
                        clock.instant(),
                        placed,
                        bottlenecks.stream().findFirst().map(Bottleneck::kind));
        String detail = bottlenecks.stream().limit(20).toList().toString();
        store.record(tx, id, run, detail.substring(0, Math.min(detail.length(), 2000)));
    }

    private static ArrangementDecision refused(ArrangementRefusal code, String detail) {
        return new ArrangementDecision.Refused(List.of(FieldIssue.of("", code, detail)));
    }
}
