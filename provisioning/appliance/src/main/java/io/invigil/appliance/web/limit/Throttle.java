package io.invigil.appliance.web.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by key, such as an address: {@code burst} at once, then one per {@code interval}.
 * Remembers at most {@link #KEYS_MAX} keys; the one not used for longest is forgotten, which only
 * ever helps that key. Thread-safe.
 */
public final class Throttle {
    public static final int KEYS_MAX = 20_000;

    private final int burst;
    private final long intervalMillis;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    /** When the bucket will be full again tells how full it is. */
    private record Bucket(long fullAtMillis) {}

    public Throttle(int burst, Duration interval, Clock clock) {
        if (burst < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException("burst and interval must be positive");
        }
        this.burst = burst;
        this.intervalMillis = interval.toMillis();
        this.clock = clock;
    }

    /** Takes one token; false when none is left. */
    public synchronized boolean allow(String key) {
        long now = clock.millis();
        Bucket bucket = buckets.get(key);
        // a clock set back must not lock anybody out longer than an empty bucket does
        long longest = now + burst * intervalMillis;
        long fullAt = bucket == null ? now : Math.min(longest, Math.max(now, bucket.fullAtMillis));
        if (fullAt + intervalMillis > longest) {
            buckets.put(key, new Bucket(fullAt));
            return false;
        }
        buckets.put(key, new Bucket(fullAt + intervalMillis));
        if (buckets.size() > KEYS_MAX) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return true;
    }

    /** Forgets a key, after a success. */
    public synchronized void forget(String key) {
        buckets.remove(key);
    }

    public synchronized int keys() {
        return buckets.size();
    }
}
