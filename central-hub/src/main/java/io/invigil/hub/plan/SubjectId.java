package io.invigil.hub.plan;

/** Number of a subject of a certificate level within a plan. */
public record SubjectId(long value) {

    public SubjectId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
