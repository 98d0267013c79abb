package io.invigil.hub.plan;

/** When a certificate level is passed (通过条件). */
public enum PassRule {
    /** Every subject reaches its own pass mark. */
    ALL_SUBJECTS("各科成绩合格"),
    /** The weighted total reaches the level's pass mark. */
    WEIGHTED_TOTAL("加权总分合格");

    private final String chinese;

    PassRule(String chinese) {
        this.chinese = chinese;
    }

    /** The word of the source documents, used in sheets. */
    public String chinese() {
        return chinese;
    }
}
