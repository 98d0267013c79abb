package io.invigil.hub.review;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.attempt.Attempts.Happening;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The review gate's rules. Thread-safe. */
public final class Reviews {
    /** Sittings decided in one go. */
    public static final int BULK_MAX = 2_000;

    private final Clock clock;
    private final Marking marking;
    private final Plans plans = new Plans();
    private final Attempts attempts = new Attempts();
    private final Candidates candidates = new Candidates();
    private final Sittings sittings = new Sittings();
    private final ReviewStore store = new ReviewStore();
    private final Audit audit = new Audit();

    public Reviews(Clock clock, Marking marking) {
        this.clock = clock;
        this.marking = marking;
    }

    /** Every begun attempt of a plan by its number, with its state. */
    public Map<Long, ReviewCase> ofPlan(Tx tx, Plan plan) {
        Map<Long, Attempt> begun = attempts.ofPlan(tx, plan.tenant(), plan.id());
        Map<Long, ReviewDecision> decisions = new HashMap<>();
        store.ofPlan(tx, plan.tenant(), plan.id().value())
                .forEach(decision -> decisions.put(decision.sitting(), decision));
        Map<Long, List<ScoreAlarm>> alarms = new HashMap<>();
        marking.alarmsOfPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(alarm -> alarm.settled().isEmpty())
                .forEach(
                        alarm ->
                                alarms.computeIfAbsent(alarm.sitting(), s -> new ArrayList<>())
                                        .add(alarm));
        List<Happening> roomWide = attempts.roomIncidents(tx, plan.tenant());
        Map<Long, ReviewCase> cases = new HashMap<>();
        Map<SittingId, Sitting> registered = new HashMap<>();
        sittings.ofPlan(tx, plan.tenant(), plan.id()).forEach(s -> registered.put(s.id(), s));
        for (Attempt attempt : begun.values()) {
            Sitting sitting = registered.get(new SittingId(attempt.sitting()).first());
            if (sitting == null || attempt.startedAt().isEmpty()) {
                continue;
            }
            List<Happening> incidents = new ArrayList<>();
            if (attempt.incidents() > 0) {
                incidents.addAll(attempts.incidents(tx, plan.tenant(), attempt.sitting()));
            }
            roomWide.stream().filter(h -> Attempts.concerns(h, attempt)).forEach(incidents::add);
            cases.put(
                    attempt.sitting(),
                    caseOf(
                            plan,
                            sitting,
                            attempt,
                            Optional.ofNullable(decisions.get(attempt.sitting())),
                            incidents,
                            alarms.getOrDefault(attempt.sitting(), List.of())));
        }
        return cases;
    }

    /** One attempt's case; empty when it was never begun. */
    public Optional<ReviewCase> find(Tx tx, Plan plan, SittingId id) {
        Optional<Sitting> sitting =
                sittings.find(tx, plan.tenant(), id).filter(s -> s.plan().equals(plan.id()));
        Optional<Attempt> attempt =
                sitting.flatMap(s -> attempts.find(tx, plan.tenant(), id.value()))
                        .filter(a -> a.startedAt().isPresent());
        if (attempt.isEmpty()) {
            return Optional.empty();
        }
        List<ReviewDecision> decisions = store.ofSitting(tx, plan.tenant(), id.value());
        List<Happening> incidents =
                new ArrayList<>(attempts.incidents(tx, plan.tenant(), id.value()));
        attempts.roomIncidents(tx, plan.tenant()).stream()
                .filter(h -> Attempts.concerns(h, attempt.get()))
                .forEach(incidents::add);
        List<ScoreAlarm> open =
                marking.alarms(tx, plan.tenant(), id).stream()
                        .filter(alarm -> alarm.settled().isEmpty())
                        .toList();
        return Optional.of(
                caseOf(
                        plan,
                        sitting.get(),
                        attempt.get(),
                        decisions.isEmpty() ? Optional.empty() : Optional.of(decisions.getLast()),
                        incidents,
                        open));
    }

    private static ReviewCase caseOf(
            Plan plan,
            Sitting sitting,
            Attempt attempt,
            Optional<ReviewDecision> decision,
            List<Happening> incidents,
            List<ScoreAlarm> alarms) {
        boolean passesItself =
                plan.policy().autoPassWithoutIncident()
                        && attempt.handIn().isPresent()
                        && incidents.isEmpty()
                        && alarms.isEmpty();
        boolean decided = decision.isPresent() && decision.get().decision() != ReviewState.PENDING;
        // a person who reopened a case keeps it open, whatever the plan's rule says
        boolean automatic = decision.isEmpty() && passesItself;
        ReviewState state =
                decided
                        ? decision.get().decision()
                        : automatic ? ReviewState.PASSED : ReviewState.PENDING;
        return new ReviewCase(sitting, attempt, state, automatic, decision, incidents, alarms);
    }

    /** All decisions on a sitting, oldest first. */
    public List<ReviewDecision> history(Tx tx, Plan plan, SittingId id) {
        return store.ofSitting(tx, plan.tenant(), id.value());
    }

    /** Passes handed-in sittings. All or none. */
    public ReviewOutcome pass(Tx tx, StaffScope scope, Plan plan, Collection<SittingId> wanted) {
        return decide(tx, scope, plan, wanted, ReviewState.PASSED, "");
    }

    /** Rejects a sitting; the reason is shown to the candidate with the score. */
    public ReviewOutcome reject(
            Tx tx, StaffScope scope, Plan plan, SittingId sitting, String reason) {
        return decide(tx, scope, plan, List.of(sitting), ReviewState.REJECTED, reason);
    }

    /** Takes a decision back. */
    public ReviewOutcome reopen(
            Tx tx, StaffScope scope, Plan plan, SittingId sitting, String reason) {
        return decide(tx, scope, plan, List.of(sitting), ReviewState.PENDING, reason);
    }

    private ReviewOutcome decide(
            Tx tx,
            StaffScope scope,
            Plan plan,
            Collection<SittingId> wanted,
            ReviewState state,
            String reason) {
        Optional<ReviewOutcome.Code> refusal = mayReview(tx, scope, plan, wanted, state, reason);
        if (refusal.isPresent()) {
            return new ReviewOutcome.Refused(refusal.get());
        }
        List<ReviewDecision> decisions = new ArrayList<>();
        for (SittingId id : new LinkedHashSet<>(wanted)) {
            Optional<ReviewCase> found = find(tx, plan, id);
            if (found.isEmpty()) {
                return new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_SITTING_UNKNOWN);
            }
            ReviewCase current = found.get();
            if (!isVisible(tx, scope, plan, current)) {
                return new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_SITTING_UNKNOWN);
            }
            ReviewLevel level = ReviewLevel.of(scope.role());
            if (!current.decision().map(d -> level.mayOverrule(d.level())).orElse(true)) {
                return new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_HIGHER_LEVEL);
            }
            if (current.attempt().handIn().isEmpty() && state == ReviewState.PASSED) {
                return new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_NOT_HANDED_IN);
            }
            boolean stands =
                    current.decision().map(ReviewDecision::decision).orElse(ReviewState.PENDING)
                                    == state
                            && !current.automatic();
            if (!stands) {
                int number = current.decision().map(ReviewDecision::number).orElse(0) + 1;
                decisions.add(
                        new ReviewDecision(
                                id.value(),
                                number,
                                state,
                                reason.strip(),
                                scope.login(),
                                level,
                                clock.instant()));
            }
        }
        for (ReviewDecision decision : decisions) {
            store.add(tx, plan.tenant(), decision);
            audit.created(tx, scope.actor(), "review", decision.sitting(), decision);
        }
        return new ReviewOutcome.Done(decisions.size());
    }

    /** A school reviews its own candidates; another school's sitting is not there. */
    private boolean isVisible(Tx tx, StaffScope scope, Plan plan, ReviewCase review) {
        CandidateId id = review.sitting().candidate();
        Candidate person = candidates.findAll(tx, scope.tenant(), List.of(id)).get(id);
        return person != null && plans.seesSittings(tx, scope, plan, person.school());
    }

    private Optional<ReviewOutcome.Code> mayReview(
            Tx tx,
            StaffScope scope,
            Plan plan,
            Collection<SittingId> wanted,
            ReviewState state,
            String reason) {
        boolean theirs =
                switch (scope.role()) {
                    case BODY_STAFF -> scope.mayRunPlansOf(plan.body());
                    // what the own class sat, what is entrusted to the unit, the college's classes
                    case TEACHER, UNIT_STAFF, COLLEGE_STAFF ->
                            plans.findVisible(tx, scope, plan.id()).isPresent();
                    case SCHOOL_CLERK, AUTHORITY_READER -> true;
                    case PROVINCE_STAFF -> false;
                    case BODY_ADMIN,
                            SCHOOL_ADMIN,
                            AUTHORITY_ADMIN,
                            PROVINCE_ADMIN,
                            UNIT_ADMIN,
                            COLLEGE_ADMIN ->
                            false;
                };
        if (!theirs || !scope.tenant().equals(plan.tenant())) {
            return Optional.of(ReviewOutcome.Code.REVIEW_NOT_ALLOWED);
        }
        if (plan.windows().of(PlanStage.PUBLICITY).isOver(clock.instant())) {
            return Optional.of(ReviewOutcome.Code.REVIEW_LOCKED);
        }
        if (wanted.size() > BULK_MAX) {
            return Optional.of(ReviewOutcome.Code.REVIEW_TOO_MANY);
        }
        boolean needsReason = state != ReviewState.PASSED;
        return (needsReason && reason.isBlank())
                        || reason.length() > ReviewDecision.REASON_CHARS_MAX
                ? Optional.of(ReviewOutcome.Code.REVIEW_REASON_MISSING)
                : Optional.empty();
    }
}
