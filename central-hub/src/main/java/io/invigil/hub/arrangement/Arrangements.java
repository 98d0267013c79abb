package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final ArrangementRights rights;
    private final ArrangementInputs inputs;
    private final Issuing issuing;
    private final ArrangementStore store = new ArrangementStore();
    private final Arranger arranger = new Arranger();
    private final ArrangementCheck check = new ArrangementCheck();
    private final Sittings sittings = new Sittings();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Sites sites = new Sites();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

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
        this.rights = new ArrangementRights(clock);
        this.inputs = new ArrangementInputs(payments);
        this.issuing = new Issuing(entropy);
    }

    /** Which sites a school's candidates may be sent to. */
    public enum SiteChoice {
        /** The school's own approved sites, and the rooms lent to it (借考). */
        OWN_SITES,
        /** Every approved site in the plan, whoever asked for it. */
        ALL_SITES
    }

    /** At random: seats everyone in the plan who is not seated yet, or nobody. */
    public ArrangementDecision arrange(
            Tx tx, StaffScope scope, Plan plan, SiteChoice choice, long seed) {
        return arrange(tx, scope, plan, choice, Strategy.RANDOM, seed);
    }

    /** Seats everyone in the plan who is not seated yet, or nobody. */
    public ArrangementDecision arrange(
            Tx tx, StaffScope scope, Plan plan, SiteChoice choice, Strategy strategy, long seed) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = rights.issues(scope, plan);
        if (!issues.isEmpty()) {
            return new ArrangementDecision.Refused(issues);
        }
        List<Sitting> all = inputs.sittings(tx, plan);
        List<Sitting> open = all.stream().filter(one -> one.seating().isEmpty()).toList();
        Map<CandidateId, String> banned = inputs.banned(tx, plan, open);
        if (open.stream().allMatch(one -> banned.containsKey(one.candidate()))) {
            return open.isEmpty()
                    ? refused(ArrangementRefusal.ARR_NOTHING_TO_DO, "")
                    : refused(ArrangementRefusal.ARR_BANNED, String.join("、", banned.values()));
        }
        if (all.size() > ArrangementProblem.SITTINGS_MAX) {
            return refused(
                    ArrangementRefusal.ARR_TOO_MANY_SITTINGS,
                    Integer.toString(ArrangementProblem.SITTINGS_MAX));
        }
        ArrangementProblem problem =
                inputs.problem(
                        tx,
                        plan,
                        all,
                        one -> one.seating().isEmpty() && !banned.containsKey(one.candidate()),
                        choice,
                        clock.instant());
        return switch (arranger.arrange(problem, strategy, seed)) {
            case ArrangementOutcome.Infeasible none -> {
                record(tx, scope, run(scope, plan, strategy, seed, 0, 0, none), none.bottlenecks());
                yield new ArrangementDecision.Infeasible(seed, none.bottlenecks());
            }
            case ArrangementOutcome.Arranged arranged -> {
                List<Placement> placements = arranged.placements();
                List<String> faults = check.violations(problem, placements);
                if (!faults.isEmpty()) {
                    throw new ArrangementUnsound(seed, faults);
                }
                keep(tx, plan, problem, placements);
                int neighbours = check.sameSchoolNeighbours(problem, placements);
                record(
                        tx,
                        scope,
                        run(scope, plan, strategy, seed, placements.size(), neighbours, arranged),
                        List.of());
                yield new ArrangementDecision.Done(
                        seed, placements.size(), List.copyOf(banned.values()));
            }
        };
    }

    private ArrangementRun run(
            StaffScope scope,
            Plan plan,
            Strategy strategy,
            long seed,
            int placed,
            int neighbours,
            ArrangementOutcome outcome) {
        Optional<Bottleneck.Kind> why =
                outcome instanceof ArrangementOutcome.Infeasible none
                        ? none.bottlenecks().stream().findFirst().map(Bottleneck::kind)
                        : Optional.empty();
        return new ArrangementRun(
                plan.tenant(),
                plan.id(),
                seed,
                scope.login(),
                clock.instant(),
                placed,
                strategy,
                neighbours,
                why);
    }

    /**
     * Takes all seats of the plan back, while no slot has begun. Admission numbers stay with their
     * candidates for ever.
     */
    public ArrangementDecision clear(Tx tx, StaffScope scope, Plan plan) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = rights.issues(scope, plan);
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
        Map<String, ?> freed = Map.of("cleared", used);
        audit.deleted(tx, scope.actor(), "arrangement", "plan-" + plan.id(), freed);
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

    private void record(Tx tx, StaffScope scope, ArrangementRun run, List<Bottleneck> bottlenecks) {
        long id = numbers.take(tx, run.tenant(), NumberSeries.ARRANGEMENT_RUN, 1);
        String detail = bottlenecks.stream().limit(20).toList().toString();
        store.record(tx, id, run, detail.substring(0, Math.min(detail.length(), 2000)));
        audit.created(tx, scope.actor(), "arrangement", id, run);
    }

    private static ArrangementDecision refused(ArrangementRefusal code, String detail) {
        return new ArrangementDecision.Refused(List.of(FieldIssue.of("", code, detail)));
    }
}
