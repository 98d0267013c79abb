package io.invigil.hub.score;

import io.invigil.hub.registration.Sitting;
import java.math.BigDecimal;

/**
 * What a sitting's records give now, before or beside what was entered.
 *
 * @param objective by machine, {@code text} by a teacher; both 0 when not scored
 * @param total rounded to two decimals, never above the subject's full mark
 */
public record ComputedScore(
        Sitting sitting,
        SittingOutcome outcome,
        BigDecimal objective,
        BigDecimal text,
        BigDecimal total,
        BigDecimal fullMark) {}
