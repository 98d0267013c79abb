package io.invigil.hub.registration;

import io.invigil.exam.room.AttemptKey;

/**
 * Number of a sitting: one candidate's registration for one subject. It is the {@code sitting} of
 * the room's facts, and of a later attempt its {@link AttemptKey}.
 */
public record SittingId(long value) {

    public SittingId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    /** The sitting itself, whichever attempt this names. */
    public SittingId first() {
        return new SittingId(AttemptKey.sittingOf(value));
    }

    /** Which attempt this names, from 1. */
    public int attempt() {
        return AttemptKey.of(value).attempt();
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
