package io.invigil.hub.intake;

/** Number of an import within its tenant. */
public record ImportRecordId(long value) {

    public ImportRecordId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
