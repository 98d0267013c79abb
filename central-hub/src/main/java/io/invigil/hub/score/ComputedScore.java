package io.invigil.hub.score;

import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import java.math.BigDecimal;

/**
 * What a sitting's records give now, before or beside what was entered.
 *
 * @param attempt the one that counts, or the one that is waited for
 * @param objective by machine, {@code text} by a teacher; both 0 when not scored
 * @param total rounded to two decimals, never above the subject's full mark
 */
public record ComputedScore(
        Sitting sitting,
        SittingId attempt,
        SittingOutcome outcome,
        BigDecimal objective,
        BigDecimal text,
        BigDecimal total,
        BigDecimal fullMark) {}
