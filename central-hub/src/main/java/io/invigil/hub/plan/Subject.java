package io.invigil.hub.plan;

import io.invigil.hub.organisation.TenantId;
import java.math.BigDecimal;

/**
 * A subject (科目) of a certificate level within a plan.
 *
 * @param minutes how long one sits; the slot says when
 * @param weight share in the weighted total, such as 0.4; ignored under {@link
 *     PassRule#ALL_SUBJECTS}
 */
public record Subject(
        TenantId tenant,
        SubjectId id,
        PlanId plan,
        LevelId level,
        String number,
        String name,
        ExamMode mode,
        int minutes,
        BigDecimal fullMark,
        BigDecimal passMark,
        BigDecimal weight) {}
