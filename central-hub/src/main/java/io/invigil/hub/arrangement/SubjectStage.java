package io.invigil.hub.arrangement;

import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Window;
import java.time.Instant;

/**
 * Where the arrangement of a subject stands (source 004 section 5.2.8.1); follows from the
 * arrangement window and from who is seated, never stored.
 */
public enum SubjectStage {
    NOT_OPEN("未开始"),
    NOT_ARRANGED("未排考"),
    PARTLY("排考中"),
    ARRANGED("已排完"),
    CLOSED("已结束");

    private final String chinese;

    SubjectStage(String chinese) {
        this.chinese = chinese;
    }

    /** The word of the source, used in sheets. */
    public String chinese() {
        return chinese;
    }

    static SubjectStage of(Plan plan, ArrangementView.SubjectProgress progress, Instant now) {
        Window window = plan.windows().arrangement();
        if (window.isAfter(now)) {
            return NOT_OPEN;
        }
        if (window.isOver(now)) {
            return CLOSED;
        }
        return switch (progress.state()) {
            case NOT_ARRANGED -> NOT_ARRANGED;
            case PARTLY -> PARTLY;
            case ARRANGED -> ARRANGED;
        };
    }
}
