package io.invigil.acceptance.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * People who each make their next request when the one before is answered. Adds up over several
 * rounds, so that two targets can take turns on a machine that others use too. Used by one thread.
 */
final class ClosedLoop {
    private final List<long[]> latencies = new ArrayList<>();
    private long requests;
    private long nanos;

    /** One request; returns when it is answered. */
    interface Request {
        void make() throws IOException;
    }

    /** Runs all people for about this time; a round that fails, fails the benchmark. */
    void round(List<Request> people, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Callable<long[]>> loops = new ArrayList<>();
        for (Request person : people) {
            loops.add(() -> loop(person, end));
        }
        List<long[]> done = BenchRoom.together(loops);
        nanos += System.nanoTime() - start;
        for (long[] each : done) {
            requests += each.length;
            latencies.add(each);
        }
    }

    private static long[] loop(Request request, long end) throws IOException {
        long[] took = new long[256];
        int count = 0;
        for (long now = System.nanoTime(); now < end; ) {
            request.make();
            long after = System.nanoTime();
            if (count == took.length) {
                took = Arrays.copyOf(took, count * 2);
            }
            took[count++] = after - now;
            now = after;
        }
        return Arrays.copyOf(took, count);
    }

    long requests() {
        return requests;
    }

    double perSecond() {
        return requests / (nanos / 1e9);
    }

    double meanMillis() {
        return latencies.stream().flatMapToLong(Arrays::stream).average().orElseThrow() / 1e6;
    }

    /** The latency that so many of a hundred requests did not exceed, in milliseconds. */
    double percentileMillis(double percent) {
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return all[(int) Math.min(all.length - 1, all.length * percent / 100)] / 1e6;
    }
}
