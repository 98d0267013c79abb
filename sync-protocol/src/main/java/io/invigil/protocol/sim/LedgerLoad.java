package io.invigil.protocol.sim;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.ledger.Ledger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Closed-loop producers on a bare ledger: each offers its next fact when the one before is durable,
 * all through one writer thread, as a room does. For benchmarks.
 */
public final class LedgerLoad {
    public static final int PRODUCERS_MAX = 10_000;
    private static final int SAMPLES_MAX = 2_000_000;

    private LedgerLoad() {}

    /** What a run gave; latencies from offering a fact to its durability. */
    public record Result(long facts, double seconds, double p50Millis, double p99Millis) {
        public double factsPerSecond() {
            return facts / seconds;
        }
    }

    /**
     * Runs for about the time given, in the calling thread.
     *
     * @param facts makes the next fact of a producer, from 0
     */
    public static Result run(
            Ledger ledger, int producers, Duration time, IntFunction<FactDraft> facts) {
        if (producers < 1 || producers > PRODUCERS_MAX) {
            throw new IllegalArgumentException("1 to " + PRODUCERS_MAX + " producers");
        }
        BlockingQueue<Integer> ready = new ArrayBlockingQueue<>(producers);
        long[] offeredAt = new long[producers];
        long[] samples = new long[SAMPLES_MAX];
        int count = 0;
        for (int producer = 0; producer < producers; producer++) {
            ready.add(producer);
        }
        int waiting = 0;
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long last = start;
        try {
            while (System.nanoTime() < end || waiting > 0) {
                Integer producer = ready.poll(1, TimeUnit.MINUTES);
                if (producer == null) {
                    throw new IllegalStateException("the ledger did not answer for a minute");
                }
                last = System.nanoTime();
                if (offeredAt[producer] != 0) {
                    waiting--;
                    samples[count++ % SAMPLES_MAX] = last - offeredAt[producer];
                }
                if (last < end) {
                    offeredAt[producer] = last;
                    waiting++;
                    ledger.append(List.of(facts.apply(producer)))
                            .thenRun(() -> ready.add(producer));
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return result(samples, count, (last - start) / 1e9);
    }

    private static Result result(long[] samples, int count, double seconds) {
        long[] sorted = Arrays.copyOf(samples, Math.min(count, SAMPLES_MAX));
        Arrays.sort(sorted);
        double p50 = sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 1e6;
        double p99 = sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.99)] / 1e6;
        return new Result(count, seconds, p50, p99);
    }
}
