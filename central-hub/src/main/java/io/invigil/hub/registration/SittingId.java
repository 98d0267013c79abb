package io.invigil.hub.registration;

/**
 * Number of a sitting: one candidate's registration for one subject. It is the {@code sitting} of
 * the room's facts.
 */
public record SittingId(long value) {

    public SittingId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
