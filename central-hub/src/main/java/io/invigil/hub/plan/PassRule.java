package io.invigil.hub.plan;

/** When a certificate level is passed (通过条件). */
public enum PassRule {
    /** 各科成绩合格: every subject reaches its own pass mark. */
    ALL_SUBJECTS,
    /** 加权总分: the weighted total reaches the level's pass mark. */
    WEIGHTED_TOTAL
}
