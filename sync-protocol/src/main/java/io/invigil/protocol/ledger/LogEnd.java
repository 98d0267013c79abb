package io.invigil.protocol.ledger;

/** A place in an epoch's log: segment index and offset in its file. */
record LogEnd(int segment, int offset) implements Comparable<LogEnd> {
    static final LogEnd START = new LogEnd(0, 0);

    boolean reaches(LogEnd other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(LogEnd other) {
        int bySegment = Integer.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Integer.compare(offset, other.offset);
    }
}
