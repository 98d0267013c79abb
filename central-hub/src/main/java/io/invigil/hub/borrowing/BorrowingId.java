package io.invigil.hub.borrowing;

/** Number of a borrowing within its tenant. */
public record BorrowingId(long value) {

    public BorrowingId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
