package io.invigil.hub.site;

import io.invigil.hub.plan.Window;
import java.time.Instant;
import java.util.Optional;

/** Where a room of a plan stands; follows from who is seated and the time, never stored. */
public enum RoomState {
    NOT_ARRANGED("未排考"),
    WAITING("待考试"),
    IN_PROGRESS("考试中"),
    FINISHED("已结束");

    private final String chinese;

    RoomState(String chinese) {
        this.chinese = chinese;
    }

    /** The word of the source documents, used in sheets. */
    public String chinese() {
        return chinese;
    }

    /**
     * @param used from the first start to the last end of the slots in which somebody is seated
     */
    static RoomState of(Optional<Window> used, Instant now) {
        if (used.isEmpty()) {
            return NOT_ARRANGED;
        }
        if (used.get().isAfter(now)) {
            return WAITING;
        }
        return used.get().contains(now) ? IN_PROGRESS : FINISHED;
    }
}
