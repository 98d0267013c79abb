package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.marking.ObjectiveMark;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a candidate may see before scores are published, where the plan says so (domain, section 11;
 * source 000: after marking and review; source 001: 考试完毕后即可查询成绩). Nothing here is final.
 * Thread-safe.
 */
public final class EarlyResults {
    private final Scores scores;
    private final Marking marking;
    private final Attempts attempts = new Attempts();
    private final Sittings sittings = new Sittings();
    private final PlanContent content = new PlanContent();

    public EarlyResults(Scores scores, Marking marking) {
        this.scores = scores;
        this.marking = marking;
    }

    /** How far a sitting is. */
    public enum State {
        /** No paper at the centre: not sat yet, or the room has no line. */
        NOT_ARRIVED,
        /** Being marked or reviewed, nothing to show yet. */
        WAITING,
        /** The objective part, not reviewed: provisional. */
        UNREVIEWED,
        /** Marked and passed by review, not published yet. */
        REVIEWED,
        REJECTED,
        ABSENT
    }

    /**
     * @param score and {@code maximum} are 0 unless there is something to show
     */
    public record Line(String subject, State state, BigDecimal score, BigDecimal maximum) {
        public boolean shown() {
            return state == State.UNREVIEWED || state == State.REVIEWED;
        }
    }

    /** Whether the plan shows anything before publicity. */
    public static boolean shows(Plan plan) {
        ResultVisibility visibility = plan.policy().resultVisibility();
        return visibility == ResultVisibility.PROVISIONAL_AT_HAND_IN
                || visibility == ResultVisibility.AFTER_REVIEW;
    }

    /** One line for each sitting of the candidate in the plan. */
    List<Line> of(Tx tx, Plan plan, CandidateId candidate) {
        return sittings.ofCandidate(tx, plan.tenant(), candidate).stream()
                .filter(sitting -> sitting.plan().equals(plan.id()))
                .map(sitting -> line(tx, plan, sitting))
                .toList();
    }

    private Line line(Tx tx, Plan plan, Sitting sitting) {
        String subject = content.subject(tx, plan.tenant(), sitting.subject()).orElseThrow().name();
        ComputedScore computed = scores.compute(tx, plan, sitting);
        return switch (computed.outcome()) {
            case SCORED -> new Line(subject, State.REVIEWED, computed.total(), computed.fullMark());
            case ABSENT -> without(subject, State.ABSENT);
            case REJECTED -> without(subject, State.REJECTED);
            case PENDING_REVIEW -> unreviewed(tx, plan, sitting, subject);
            case NOT_ARRIVED -> without(subject, State.NOT_ARRIVED);
            case INTERRUPTED, HELD -> without(subject, State.WAITING);
        };
    }

    private Line unreviewed(Tx tx, Plan plan, Sitting sitting, String subject) {
        if (plan.policy().resultVisibility() != ResultVisibility.PROVISIONAL_AT_HAND_IN) {
            return without(subject, State.WAITING);
        }
        List<ObjectiveMark> marks =
                attempts.numbers(tx, plan.tenant(), sitting.id().value()).stream()
                        .map(key -> marking.objective(tx, plan.tenant(), new SittingId(key)))
                        .flatMap(Optional::stream)
                        .toList();
        Optional<ObjectiveMark> mark =
                switch (plan.policy().attempts().counting()) {
                    case HIGHEST -> marks.stream().max(Comparator.comparing(ObjectiveMark::score));
                    case FIRST -> marks.stream().findFirst();
                    case LAST -> marks.reversed().stream().findFirst();
                };
        return mark.map(m -> new Line(subject, State.UNREVIEWED, m.score(), m.maximum()))
                .orElseGet(() -> without(subject, State.WAITING));
    }

    private static Line without(String subject, State state) {
        return new Line(subject, state, BigDecimal.ZERO, BigDecimal.ZERO);
    }
}
