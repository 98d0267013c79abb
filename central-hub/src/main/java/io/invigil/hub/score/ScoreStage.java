package io.invigil.hub.score;

import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import java.time.Instant;

/** How final a plan's scores are; follows from time alone. */
public enum ScoreStage {
    /** Before the score window. */
    NOT_OPEN,
    /** Entered by staff, invisible to candidates. */
    ENTRY,
    /** Visible, open to objections. */
    PUBLICITY,
    /** Locked for ever. */
    FINAL;

    /** The stage at an instant; publicity goes before entry where the windows overlap. */
    public static ScoreStage of(Plan plan, Instant now) {
        if (plan.windows().of(PlanStage.PUBLICITY).isOver(now)) {
            return FINAL;
        }
        if (!plan.windows().of(PlanStage.PUBLICITY).isAfter(now)) {
            return PUBLICITY;
        }
        return plan.windows().of(PlanStage.SCORE_ENTRY).isAfter(now) ? NOT_OPEN : ENTRY;
    }

    public boolean isVisibleToCandidates() {
        return this == PUBLICITY || this == FINAL;
    }
}
