package io.invigil.protocol.receipt;

/** Sequence numbers {@code first} to {@code last}, both inclusive. */
public record SeqRange(long first, long last) implements Comparable<SeqRange> {
    /** Greatest sequence number and position: exact in every JSON reader (fault row 80). */
    public static final long SEQ_MAX = (1L << 53) - 1;

    public SeqRange {
        if (first < 1 || last < first || last > SEQ_MAX) {
            throw new IllegalArgumentException("not a range of sequence numbers");
        }
    }

    public long count() {
        return last - first + 1;
    }

    public boolean contains(long seq) {
        return seq >= first && seq <= last;
    }

    public boolean overlaps(SeqRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public int compareTo(SeqRange other) {
        return Long.compare(first, other.first);
    }
}
