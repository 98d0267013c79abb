package io.invigil.hub.fee;

/** Key of a fee request. */
public record FeeRequestId(long value) {

    public FeeRequestId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
