package io.invigil.hub.plan;

import io.invigil.hub.organisation.TenantId;
import java.math.BigDecimal;

/**
 * A subject (科目) of a certificate level within a plan.
 *
 * @param minutes how long one sits; the slot says when
 * @param weight share in the weighted total, such as 0.4; ignored under {@link
 *     PassRule#ALL_SUBJECTS}
 * @param targetType who sits it (参考对象类型): {@link #EVERYBODY} or a type that the body names
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
        BigDecimal weight,
        String targetType) {

    /** The target type that stands for everybody (参考对象). */
    public static final String EVERYBODY = "所有考生";

    /** Whether only candidates of a named type sit it. */
    public boolean isForNamedType() {
        return !targetType.equals(EVERYBODY);
    }
}
