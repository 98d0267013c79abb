package io.invigil.site.room.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Immutable map from numbers to records. Setting one entry copies 256 references and one shard, so
 * a state of thousands of sittings is cheap to change and safe to read from any thread.
 *
 * @param <V> an immutable value
 */
public final class LongMap<V> {
    private static final int SHARDS = 256;
    private static final Shard EMPTY_SHARD = new Shard(new long[0], new Object[0]);

    private final Shard[] shards;
    private final int size;

    private LongMap(Shard[] shards, int size) {
        this.shards = shards;
        this.size = size;
    }

    public static <V> LongMap<V> empty() {
        Shard[] shards = new Shard[SHARDS];
        Arrays.fill(shards, EMPTY_SHARD);
        return new LongMap<>(shards, 0);
    }

    public Optional<V> get(long key) {
        Shard shard = shards[shardOf(key)];
        int at = Arrays.binarySearch(shard.keys, key);
        return at < 0 ? Optional.empty() : Optional.of(value(shard, at));
    }

    /** A map in which the key has this value; this map stays as it is. */
    public LongMap<V> with(long key, V value) {
        int number = shardOf(key);
        Shard shard = shards[number];
        int at = Arrays.binarySearch(shard.keys, key);
        Shard[] copy = shards.clone();
        copy[number] = at >= 0 ? shard.replaced(at, value) : shard.inserted(-at - 1, key, value);
        return new LongMap<>(copy, at >= 0 ? size : size + 1);
    }

    public int size() {
        return size;
    }

    public void forEach(Consumer<V> visitor) {
        for (Shard shard : shards) {
            for (int at = 0; at < shard.keys.length; at++) {
                visitor.accept(value(shard, at));
            }
        }
    }

    /** All values, ordered by shard, then key: the same for equal maps. */
    public List<V> values() {
        List<V> values = new ArrayList<>(size);
        forEach(values::add);
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongMap<?> that && Arrays.equals(shards, that.shards);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shards);
    }

    @Override
    public String toString() {
        return values().toString();
    }

    private static int shardOf(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 56);
    }

    @SuppressWarnings("unchecked")
    private V value(Shard shard, int at) {
        return (V) shard.values[at];
    }

    private record Shard(long[] keys, Object[] values) {
        Shard replaced(int at, Object value) {
            Object[] copy = values.clone();
            copy[at] = value;
            return new Shard(keys, copy);
        }

        Shard inserted(int at, long key, Object value) {
            long[] newKeys = new long[keys.length + 1];
            Object[] newValues = new Object[values.length + 1];
            System.arraycopy(keys, 0, newKeys, 0, at);
            System.arraycopy(values, 0, newValues, 0, at);
            newKeys[at] = key;
            newValues[at] = value;
            System.arraycopy(keys, at, newKeys, at + 1, keys.length - at);
            System.arraycopy(values, at, newValues, at + 1, values.length - at);
            return new Shard(newKeys, newValues);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shard that
                    && Arrays.equals(keys, that.keys)
                    && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
        }
    }
}
