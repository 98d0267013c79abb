package io.invigil.hub.registration;

import io.invigil.hub.plan.Window;
import java.time.Instant;
import java.util.Optional;

/** Where a sitting stands (source 004 section 5.2.6). Follows from seating and time. */
public enum RegistrationState {
    /** 未排考. */
    NOT_ARRANGED,
    /** 待考试. */
    WAITING,
    /** 考试中. */
    IN_PROGRESS,
    /** 已结束. */
    FINISHED;

    /**
     * @param slot the time of the slot, once arranged
     */
    public static RegistrationState of(Optional<Window> slot, Instant now) {
        if (slot.isEmpty()) {
            return NOT_ARRANGED;
        }
        if (slot.get().isAfter(now)) {
            return WAITING;
        }
        return slot.get().contains(now) ? IN_PROGRESS : FINISHED;
    }
}
