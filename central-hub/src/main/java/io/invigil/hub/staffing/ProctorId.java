package io.invigil.hub.staffing;

/** Number of a proctor within its tenant. */
public record ProctorId(long value) {

    public ProctorId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
