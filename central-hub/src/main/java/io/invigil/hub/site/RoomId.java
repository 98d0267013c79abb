package io.invigil.hub.site;

/** Number of a room that a site set up for one plan. */
public record RoomId(long value) {

    public RoomId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
