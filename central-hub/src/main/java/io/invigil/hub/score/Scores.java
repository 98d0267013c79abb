package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.AttemptKey;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.marking.ObjectiveMark;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.review.ReviewCase;
import io.invigil.hub.review.ReviewState;
import io.invigil.hub.review.Reviews;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Working out, entering and correcting scores. Thread-safe. */
public final class Scores {
    static final int DECIMALS = 2;

    private final Clock clock;
    private final Marking marking;
    private final Reviews reviews;
    private final Plans plans;
    private final Attempts attempts = new Attempts();
    private final Sittings sittings = new Sittings();
    private final PlanContent content = new PlanContent();
    private final ScoreStore store = new ScoreStore();
    private final Audit audit = new Audit();

    public Scores(Clock clock, Marking marking, Reviews reviews, Plans plans) {
        this.clock = clock;
        this.marking = marking;
        this.reviews = reviews;
        this.plans = plans;
    }

    /** What every sitting of the plan gives now, by sitting id in ascending order. */
    public List<ComputedScore> compute(Tx tx, Plan plan) {
        Map<Long, Attempt> begun = attempts.ofPlan(tx, plan.tenant(), plan.id());
        Map<Long, ReviewCase> cases = reviews.ofPlan(tx, plan);
        Map<Long, ObjectiveMark> marks = marking.objectiveOfPlan(tx, plan.tenant(), plan.id());
        Map<Long, BigDecimal> texts = marking.textSumsOfPlan(tx, plan.tenant(), plan.id());
        Map<SubjectId, Subject> subjects = new HashMap<>();
        content.subjects(tx, plan.tenant(), plan.id()).forEach(s -> subjects.put(s.id(), s));
        Map<Long, List<ScoredAttempt>> scored = new HashMap<>();
        for (Attempt attempt : begun.values()) {
            long key = attempt.sitting();
            SittingOutcome outcome =
                    outcome(
                            attempt,
                            Optional.ofNullable(cases.get(key)),
                            Optional.ofNullable(marks.get(key)));
            scored.computeIfAbsent(AttemptKey.sittingOf(key), s -> new ArrayList<>())
                    .add(
                            ScoredAttempt.of(
                                    attempt,
                                    outcome,
                                    Optional.ofNullable(marks.get(key)),
                                    texts.getOrDefault(key, BigDecimal.ZERO)));
        }
        List<ComputedScore> scores = new ArrayList<>();
        for (Sitting sitting : sittings.ofPlan(tx, plan.tenant(), plan.id())) {
            BigDecimal full = subjects.get(sitting.subject()).fullMark();
            List<ScoredAttempt> own = scored.getOrDefault(sitting.id().value(), List.of());
            scores.add(
                    computed(sitting, ScoredAttempt.counting(own, plan.policy().attempts()), full));
        }
        return scores;
    }

    /** What one sitting of the plan gives now. */
    public ComputedScore compute(Tx tx, Plan plan, Sitting sitting) {
        List<ScoredAttempt> own = new ArrayList<>();
        for (long key : attempts.numbers(tx, plan.tenant(), sitting.id().value())) {
            SittingId id = new SittingId(key);
            Attempt attempt = attempts.find(tx, plan.tenant(), key).orElseThrow();
            Optional<ObjectiveMark> mark = marking.objective(tx, plan.tenant(), id);
            SittingOutcome outcome = outcome(attempt, reviews.find(tx, plan, id), mark);
            BigDecimal text = marking.textSum(tx, plan.tenant(), id);
            own.add(ScoredAttempt.of(attempt, outcome, mark, text));
        }
        Subject subject = content.subject(tx, plan.tenant(), sitting.subject()).orElseThrow();
        return computed(
                sitting, ScoredAttempt.counting(own, plan.policy().attempts()), subject.fullMark());
    }

    private static ComputedScore computed(
            Sitting sitting, Optional<ScoredAttempt> counting, BigDecimal full) {
        BigDecimal none = BigDecimal.ZERO;
        BigDecimal objective = counting.map(ScoredAttempt::objective).orElse(none);
        BigDecimal text = counting.map(ScoredAttempt::text).orElse(none);
        return new ComputedScore(
                sitting,
                counting.map(ScoredAttempt::key).orElse(sitting.id()),
                counting.map(ScoredAttempt::outcome).orElse(SittingOutcome.NOT_ARRIVED),
                objective,
                text,
                rounded(objective.add(text).min(full)),
                full);
    }

    private static SittingOutcome outcome(
            Attempt attempt, Optional<ReviewCase> review, Optional<ObjectiveMark> mark) {
        if (attempt.absent()) {
            return SittingOutcome.ABSENT;
        }
        if (review.isEmpty()) {
            return SittingOutcome.NOT_ARRIVED; // checked in, never begun, not yet marked absent
        }
        if (review.get().state() == ReviewState.REJECTED) {
            return SittingOutcome.REJECTED;
        }
        if (attempt.handIn().isEmpty()) {
            return SittingOutcome.INTERRUPTED;
        }
        if (!review.get().alarms().isEmpty() || mark.isEmpty()) {
            return SittingOutcome.HELD;
        }
        return review.get().state() == ReviewState.PASSED
                ? SittingOutcome.SCORED
                : SittingOutcome.PENDING_REVIEW;
    }

    static BigDecimal rounded(BigDecimal score) {
        return score.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** How many sittings of the plan are in each state. */
    public Map<SittingOutcome, Integer> outcomes(Tx tx, Plan plan) {
        return counts(compute(tx, plan));
    }

    private static Map<SittingOutcome, Integer> counts(List<ComputedScore> scores) {
        Map<SittingOutcome, Integer> counts = new EnumMap<>(SittingOutcome.class);
        scores.forEach(score -> counts.merge(score.outcome(), 1, Integer::sum));
        return counts;
    }

    /**
     * Enters the scores of all sittings that have one, in the score window. May be repeated: what
     * changed since is entered anew, until publicity begins; from then on only missing scores are
     * added, and corrected ones never change here.
     */
    public ScoreDecision enter(Tx tx, StaffScope scope, Plan plan) {
        if (!mayRun(scope, plan)) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_NOT_ALLOWED);
        }
        if (!plan.isOpen(PlanStage.SCORE_ENTRY, clock.instant())) {
            return new ScoreDecision.Refused(
                    ScoreDecision.Code.SCORE_WINDOW_CLOSED,
                    Optional.of(plan.windows().of(PlanStage.SCORE_ENTRY)));
        }
        plans.lock(tx, plan.tenant(), plan.id());
        ScoreStage stage = ScoreStage.of(plan, clock.instant());
        if (stage == ScoreStage.FINAL) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_LOCKED);
        }
        Map<SittingId, SubjectScore> entered = new HashMap<>();
        store.ofPlan(tx, plan.tenant(), plan.id()).forEach(s -> entered.put(s.sitting(), s));
        Set<Long> corrected = new HashSet<>();
        store.correctionsOfPlan(tx, plan.tenant(), plan.id())
                .forEach(correction -> corrected.add(correction.sitting()));
        List<ComputedScore> computed = compute(tx, plan);
        for (ComputedScore score : computed) {
            SittingId id = score.sitting().id();
            boolean fixed =
                    corrected.contains(id.value())
                            || (entered.containsKey(id) && stage == ScoreStage.PUBLICITY);
            if (!fixed) {
                enterOne(tx, scope, score, Optional.ofNullable(entered.get(id)));
            }
        }
        return new ScoreDecision.Entered(counts(computed));
    }

    private void enterOne(
            Tx tx, StaffScope scope, ComputedScore score, Optional<SubjectScore> before) {
        Sitting sitting = score.sitting();
        if (!score.outcome().isEntered()) {
            if (before.isPresent()) {
                store.remove(tx, sitting.tenant(), sitting.id());
                audit.deleted(tx, scope.actor(), "score", sitting.id(), before.get());
            }
            return;
        }
        boolean same =
                before.isPresent()
                        && before.get().outcome() == score.outcome()
                        && before.get().score().compareTo(score.total()) == 0
                        && before.get().text().compareTo(score.text()) == 0;
        if (!same) {
            SubjectScore entered =
                    new SubjectScore(
                            sitting.tenant(),
                            sitting.id(),
                            sitting.plan(),
                            sitting.registration(),
                            sitting.subject(),
                            score.outcome(),
                            score.objective(),
                            score.text(),
                            score.total(),
                            score.fullMark(),
                            scope.login(),
                            clock.instant());
            store.put(tx, entered);
            put(tx, scope, before, entered);
        }
    }

    private void put(Tx tx, StaffScope scope, Optional<SubjectScore> before, SubjectScore after) {
        if (before.isPresent()) {
            audit.changed(tx, scope.actor(), "score", after.sitting(), before.get(), after);
        } else {
            audit.created(tx, scope.actor(), "score", after.sitting(), after);
        }
    }

    /** Proposes another score; it counts only when a second person approves. */
    public ScoreDecision propose(
            Tx tx,
            StaffScope scope,
            Plan plan,
            SittingId sitting,
            BigDecimal after,
            String reason) {
        Optional<SubjectScore> score =
                store.find(tx, plan.tenant(), sitting).filter(s -> s.plan().equals(plan.id()));
        Optional<ScoreDecision.Code> refusal = mayCorrect(scope, plan, score);
        if (refusal.isPresent()) {
            return ScoreDecision.Refused.of(refusal.get());
        }
        SubjectScore current = score.orElseThrow();
        if (after.signum() < 0
                || after.compareTo(current.maximum()) > 0
                || after.stripTrailingZeros().scale() > DECIMALS) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_RANGE);
        }
        if (after.compareTo(current.score()) == 0) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_UNCHANGED);
        }
        if (reason.isBlank() || reason.length() > ScoreCorrection.REASON_CHARS_MAX) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_REASON_MISSING);
        }
        plans.lock(tx, plan.tenant(), plan.id());
        List<ScoreCorrection> before = store.corrections(tx, plan.tenant(), sitting);
        if (before.stream().anyMatch(c -> c.state() == ScoreCorrection.State.PROPOSED)) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_CORRECTION_OPEN);
        }
        ScoreCorrection correction =
                new ScoreCorrection(
                        sitting.value(),
                        before.size() + 1,
                        current.score(),
                        rounded(after),
                        reason.strip(),
                        ScoreCorrection.State.PROPOSED,
                        scope.login(),
                        clock.instant(),
                        Optional.empty());
        store.putCorrection(tx, plan.tenant(), correction);
        audit.created(tx, scope.actor(), "score-correction", sitting, correction);
        return new ScoreDecision.Corrected(correction);
    }

    /** Approves or declines a proposed correction; never by who proposed it. */
    public ScoreDecision decide(
            Tx tx, StaffScope scope, Plan plan, SittingId sitting, int number, boolean approve) {
        Optional<SubjectScore> score =
                store.find(tx, plan.tenant(), sitting).filter(s -> s.plan().equals(plan.id()));
        Optional<ScoreDecision.Code> refusal = mayCorrect(scope, plan, score);
        if (refusal.isPresent()) {
            return ScoreDecision.Refused.of(refusal.get());
        }
        plans.lock(tx, plan.tenant(), plan.id());
        Optional<ScoreCorrection> proposed =
                store.corrections(tx, plan.tenant(), sitting).stream()
                        .filter(c -> c.number() == number)
                        .filter(c -> c.state() == ScoreCorrection.State.PROPOSED)
                        .findFirst();
        if (proposed.isEmpty()) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_CORRECTION_UNKNOWN);
        }
        if (proposed.get().proposedBy().equals(scope.login())) {
            return ScoreDecision.Refused.of(ScoreDecision.Code.SCORE_SAME_PERSON);
        }
        ScoreCorrection decided = decided(proposed.get(), scope.login(), approve);
        store.putCorrection(tx, plan.tenant(), decided);
        audit.changed(tx, scope.actor(), "score-correction", sitting, proposed.get(), decided);
        if (approve) {
            SubjectScore after = withScore(score.orElseThrow(), decided.after(), scope.login());
            store.put(tx, after);
            put(tx, scope, score, after);
        }
        return new ScoreDecision.Corrected(decided);
    }

    private ScoreCorrection decided(ScoreCorrection open, String login, boolean approve) {
        return new ScoreCorrection(
                open.sitting(),
                open.number(),
                open.before(),
                open.after(),
                open.reason(),
                approve ? ScoreCorrection.State.APPROVED : ScoreCorrection.State.DECLINED,
                open.proposedBy(),
                open.proposedAt(),
                Optional.of(new ScoreCorrection.Decided(login, clock.instant())));
    }

    private SubjectScore withScore(SubjectScore score, BigDecimal after, String login) {
        return new SubjectScore(
                score.tenant(),
                score.sitting(),
                score.plan(),
                score.registration(),
                score.subject(),
                score.outcome(),
                score.objective(),
                score.text(),
                after,
                score.maximum(),
                login,
                clock.instant());
    }

    private Optional<ScoreDecision.Code> mayCorrect(
            StaffScope scope, Plan plan, Optional<SubjectScore> score) {
        if (!mayRun(scope, plan)) {
            return Optional.of(ScoreDecision.Code.SCORE_NOT_ALLOWED);
        }
        if (ScoreStage.of(plan, clock.instant()) == ScoreStage.FINAL) {
            return Optional.of(ScoreDecision.Code.SCORE_LOCKED);
        }
        return score.isEmpty() || score.get().outcome() != SittingOutcome.SCORED
                ? Optional.of(ScoreDecision.Code.SCORE_UNKNOWN)
                : Optional.empty();
    }

    private static boolean mayRun(StaffScope scope, Plan plan) {
        return scope.tenant().equals(plan.tenant()) && scope.mayRunPlansOf(plan.body());
    }

    /** The entered score of a sitting. */
    public Optional<SubjectScore> find(Tx tx, TenantId tenant, SittingId sitting) {
        return store.find(tx, tenant, sitting);
    }

    /** Entered scores of a plan, by registration and subject. */
    public List<SubjectScore> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.ofPlan(tx, tenant, plan);
    }

    /** Corrections of a sitting, oldest first. */
    public List<ScoreCorrection> corrections(Tx tx, TenantId tenant, SittingId sitting) {
        return store.corrections(tx, tenant, sitting);
    }

    /** Corrections that wait for a second person, with all others of the plan. */
    public List<ScoreCorrection> correctionsOfPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.correctionsOfPlan(tx, tenant, plan);
    }
}
