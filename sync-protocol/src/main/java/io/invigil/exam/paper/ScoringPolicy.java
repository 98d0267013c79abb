package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounding, partial credit and text comparison, which are policy and no constants (domain, section
 * 13).
 *
 * @param scale decimals of the total, 0 to 6; items are kept exact and rounded only in the sum
 * @param partialCredit whether an item may give a part of its maximum; otherwise all or nothing
 * @param textMatching how typed text and key are made comparable
 */
public record ScoringPolicy(
        int scale, RoundingMode rounding, boolean partialCredit, TextMatching textMatching) {
    /** Two decimals half up, partial credit, {@link TextMatching#TYPED}. */
    public static final ScoringPolicy STANDARD =
            new ScoringPolicy(2, RoundingMode.HALF_UP, true, TextMatching.TYPED);

    public ScoringPolicy {
        if (scale < 0 || scale > 6) {
            throw new IllegalArgumentException("scale is 0 to 6 decimals");
        }
    }

    BigDecimal rounded(BigDecimal value) {
        return value.setScale(scale, rounding);
    }
}
