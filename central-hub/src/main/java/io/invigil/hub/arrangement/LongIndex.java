package io.invigil.hub.arrangement;

import java.util.Arrays;

/** Numbers long keys from 0 in the order in which they first appear; open addressing. */
final class LongIndex {
    private long[] keys;
    private int[] values;
    private int size;

    LongIndex(int expected) {
        int capacity = Integer.highestOneBit(Math.max(16, expected) * 2 - 1) * 2;
        keys = new long[capacity];
        values = new int[capacity];
        Arrays.fill(values, -1);
    }

    int size() {
        return size;
    }

    /** The key's number, a new one when it was not seen before. */
    int of(long key) {
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
