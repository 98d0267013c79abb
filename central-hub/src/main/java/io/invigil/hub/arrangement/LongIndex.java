package io.invigil.hub.arrangement;

import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;

/**
 * Numbers long keys from 0 in the order in which they first appear. Keys that lie close together,
 * as a database hands them out, index an array, so that neighbours stay neighbours in memory; for
 * others open addressing.
 */
final class LongIndex {
    /** How many times the expected keys' number the array may have. */
    private static final long SPREAD_MAX = 4;

    private final long first;
    private final int[] direct;
    private long[] keys;
    private int[] values;
    private int size;

    LongIndex(int expected) {
        this(expected, 0, 0);
    }

    /**
     * @param directSize when positive, keys lie in [first, first + directSize)
     */
    private LongIndex(int expected, long first, int directSize) {
        this.first = first;
        direct = new int[directSize];
        Arrays.fill(direct, -1);
        if (directSize > 0) {
            return;
        }
        int capacity = Integer.highestOneBit(Math.max(16, expected) * 2 - 1) * 2;
        keys = new long[capacity];
        values = new int[capacity];
        Arrays.fill(values, -1);
    }

    /** An index of at least these keys. */
    static LongIndex of(int expected, LongStream keys) {
        LongSummaryStatistics known = keys.summaryStatistics();
        long range = known.getMax() - known.getMin() + 1;
        boolean dense =
                known.getCount() > 0
                        && known.getMin() >= 0
                        && range <= Math.max(64, SPREAD_MAX * expected)
                        && range < Integer.MAX_VALUE / 2;
        return dense
                ? new LongIndex(expected, known.getMin(), (int) range)
                : new LongIndex(expected);
    }

    int size() {
        return size;
    }

    /** The key's number, a new one when it was not seen before. */
    int of(long key) {
        if (direct.length > 0) {
            int known = direct[(int) (key - first)];
            if (known < 0) {
                direct[(int) (key - first)] = size++;
                return size - 1;
            }
            return known;
        }
        int at = place(key);
        if (values[at] < 0) {
            keys[at] = key;
            values[at] = size++;
            if (size * 2 > keys.length) {
                grow();
                return size - 1;
            }
        }
        return values[at];
    }

    /** The key's number, or -1. */
    int find(long key) {
        if (direct.length > 0) {
            return key < first || key - first >= direct.length ? -1 : direct[(int) (key - first)];
        }
        return values[place(key)];
    }

    private int place(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 33) & (keys.length - 1);
        while (values[at] >= 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(values, -1);
        for (int at = 0; at < oldKeys.length; at++) {
            if (oldValues[at] >= 0) {
                int to = place(oldKeys[at]);
                keys[to] = oldKeys[at];
                values[to] = oldValues[at];
            }
        }
    }
}
