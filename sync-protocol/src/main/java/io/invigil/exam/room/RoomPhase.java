package io.invigil.exam.room;

import java.util.EnumSet;
import java.util.Set;

/** Phase of one exam in the room. A paper may be opened from {@link #READY} on. */
public enum RoomPhase {
    PREPARING,
    READY,
    CHECK_IN,
    RUNNING,
    CLOSED;

    /** Phases that may follow this one. */
    public Set<RoomPhase> allowedNext() {
        return switch (this) {
            case PREPARING -> EnumSet.of(READY);
            case READY -> EnumSet.of(CHECK_IN);
            case CHECK_IN -> EnumSet.of(RUNNING);
            case RUNNING -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(RoomPhase.class);
        };
    }
}
