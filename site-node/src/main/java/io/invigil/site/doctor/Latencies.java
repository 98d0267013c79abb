package io.invigil.site.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took, many times: counts in buckets whose bounds grow by a sixteenth of a
 * doubling, so that a percentile is at most 4.5 % too high. From 1 µs to 70 s. Thread-safe.
 */
public final class Latencies {
    private static final int PER_DOUBLING = 16;
    private static final int BUCKETS = 26 * PER_DOUBLING + 1;
    private static final double[] LINES_MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 1_000};

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong most = new AtomicLong();

    public void add(long nanos) {
        counts.incrementAndGet(bucket(nanos));
        most.accumulateAndGet(nanos, Math::max);
    }

    public long count() {
        long count = 0;
        for (int at = 0; at < BUCKETS; at++) {
            count += counts.get(at);
        }
        return count;
    }

    public Duration max() {
        return Duration.ofNanos(most.get());
    }

    /**
     * What so many of a hundred did not exceed; zero when there is nothing.
     *
     * @param percent 0 to 100
     */
    public Duration percentile(double percent) {
        long wanted = (long) Math.ceil(count() * percent / 100);
        long seen = 0;
        for (int at = 0; at < BUCKETS && wanted > 0; at++) {
            seen += counts.get(at);
            if (seen >= wanted) {
                return Duration.ofNanos(Math.min(most.get(), bound(at)));
            }
        }
        return Duration.ZERO;
    }

    /** Such as {@code ≤1 ms 40 · ≤2 ms 20}; empty steps are left out. */
    public String steps() {
        long[] counted = new long[LINES_MILLIS.length + 1];
        for (int at = 0; at < BUCKETS; at++) {
            double millis = bound(at) / 1e6;
            int line = 0;
            while (line < LINES_MILLIS.length && millis > LINES_MILLIS[line] * 1.045) {
                line++;
            }
            counted[line] += counts.get(at);
        }
        List<String> parts = new ArrayList<>();
        for (int line = 0; line < counted.length; line++) {
            if (counted[line] > 0) {
                boolean above = line == LINES_MILLIS.length;
                double bound = LINES_MILLIS[above ? line - 1 : line];
                parts.add("%s%.0f ms %d".formatted(above ? ">" : "≤", bound, counted[line]));
            }
        }
        return String.join(" · ", parts);
    }

    /** Milliseconds with one decimal below a hundred. */
    public static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 100 ? "%.1f" : "%.0f", millis);
    }

    private static int bucket(long nanos) {
        double micros = Math.max(1, nanos / 1e3);
        int at = (int) Math.ceil(Math.log(micros) / Math.log(2) * PER_DOUBLING - 1e-9);
        return Math.min(BUCKETS - 1, Math.max(0, at));
    }

    /** Upper bound of a bucket in nanoseconds. */
    private static long bound(int bucket) {
        return (long) (1e3 * Math.pow(2, (double) bucket / PER_DOUBLING));
    }
}
