package io.invigil.hub.plan;

/** Number of a certificate level as one plan offers it. */
public record LevelId(long value) {

    public LevelId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
