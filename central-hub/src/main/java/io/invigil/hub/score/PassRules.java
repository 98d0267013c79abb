package io.invigil.hub.score;

import io.invigil.hub.plan.PassRule;
import java.math.BigDecimal;
import java.util.List;

/**
 * The two pass rules (通过条件): 各科成绩合格, every subject reaches its own pass mark; and the weighted
 * total reaching the level's. An absent or rejected sitting is a score of 0. Pure.
 */
final class PassRules {
    private PassRules() {}

    static CertificateResult.State state(
            PassRule rule, BigDecimal totalPassMark, List<CertificateResult.Line> lines) {
        boolean waiting =
                lines.isEmpty() || lines.stream().anyMatch(line -> !line.outcome().isEntered());
        if (waiting) {
            return CertificateResult.State.WAITING;
        }
        boolean passed =
                switch (rule) {
                    case ALL_SUBJECTS ->
                            lines.stream().allMatch(CertificateResult.Line::reachesPassMark);
                    case WEIGHTED_TOTAL -> total(rule, lines).compareTo(totalPassMark) >= 0;
                };
        return passed ? CertificateResult.State.PASSED : CertificateResult.State.NOT_PASSED;
    }

    /** Rounded once, at the end: a total of 59.995 is 60.00 and passes at 60. */
    static BigDecimal total(PassRule rule, List<CertificateResult.Line> lines) {
        return Scores.rounded(
                lines.stream()
                        .map(
                                line ->
                                        rule == PassRule.WEIGHTED_TOTAL
                                                ? line.score().multiply(line.weight())
                                                : line.score())
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
