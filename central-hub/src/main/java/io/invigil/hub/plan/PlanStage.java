package io.invigil.hub.plan;

/** The five things a plan has a window for: 报名, 排考, 考试, 成绩登记, 公示. */
public enum PlanStage {
    REGISTRATION,
    ARRANGEMENT,
    EXAM,
    SCORE_ENTRY,
    PUBLICITY
}
