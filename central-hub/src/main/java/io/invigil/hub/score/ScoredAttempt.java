package io.invigil.hub.score;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.marking.ObjectiveMark;
import io.invigil.hub.registration.SittingId;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt gives now, and which of several counts (domain, section 11; source 001: 取最高分).
 *
 * @param begun whether it was started
 * @param objective by machine, {@code text} by a teacher; both 0 when not scored
 */
record ScoredAttempt(
        SittingId key,
        boolean begun,
        SittingOutcome outcome,
        BigDecimal objective,
        BigDecimal text) {

    static ScoredAttempt of(
            Attempt attempt,
            SittingOutcome outcome,
            Optional<ObjectiveMark> mark,
            BigDecimal text) {
        boolean scored = outcome == SittingOutcome.SCORED;
        return new ScoredAttempt(
                new SittingId(attempt.sitting()),
                attempt.startedAt().isPresent(),
                outcome,
                scored ? mark.map(ObjectiveMark::score).orElseThrow() : BigDecimal.ZERO,
                scored ? text : BigDecimal.ZERO);
    }

    private BigDecimal total() {
        return objective.add(text);
    }

    private boolean open() {
        return !outcome.isEntered();
    }

    /**
     * The attempt that counts. Where the highest counts, one that is not decided yet may be it, so
     * that one is waited for; a rejected one never beats one that passed. Attempts that were opened
     * and not begun are none.
     *
     * @param attempts of one sitting, in any order
     * @return empty when nothing was heard of the sitting
     */
    static Optional<ScoredAttempt> counting(List<ScoredAttempt> attempts, AttemptRules rules) {
        List<ScoredAttempt> begun =
                attempts.stream()
                        .filter(ScoredAttempt::begun)
                        .sorted(Comparator.comparing(each -> each.key().attempt()))
                        .toList();
        if (begun.isEmpty()) {
            // never sat: the first attempt says whether absent
            return attempts.stream().min(Comparator.comparing(each -> each.key().attempt()));
        }
        return switch (rules.counting()) {
            case FIRST -> Optional.of(begun.getFirst());
            case LAST -> Optional.of(begun.getLast());
            case HIGHEST -> {
                Optional<ScoredAttempt> open =
                        begun.stream().filter(ScoredAttempt::open).findFirst();
                yield open.isPresent()
                        ? open
                        : begun.stream()
                                .max(
                                        Comparator.comparing(
                                                        (ScoredAttempt each) ->
                                                                each.outcome()
                                                                        == SittingOutcome.SCORED)
                                                .thenComparing(ScoredAttempt::total)
                                                .thenComparing(each -> -each.key().attempt()));
            }
        };
    }
}
