package io.invigil.hub.plan;

/** Number of a sitting slot of a plan. */
public record SlotId(long value) {

    public SlotId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
