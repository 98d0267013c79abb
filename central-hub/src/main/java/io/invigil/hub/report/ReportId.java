package io.invigil.hub.report;

/** Number of a report within its tenant. */
public record ReportId(long value) {

    public ReportId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
