package io.invigil.hub.candidate;

/** Number of a candidate within its tenant. */
public record CandidateId(long value) {

    public CandidateId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
