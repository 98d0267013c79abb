package io.invigil.acceptance.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * People who do something at fixed times, whether or not the server keeps up: a request counts from
 * the moment at which it was due, so that a server that stands still is seen in every request it
 * keeps waiting. A request that fails is counted, not thrown. Used by one thread.
 */
final class PacedLoad {
    private static final int REASONS_MAX = 20;

    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> failures = new TreeMap<>();

    /**
     * What one person does.
     *
     * @param first when it is first due, from the start
     * @param every from one to the next; zero for once only
     */
    record Person(ClosedLoop.Request request, Duration first, Duration every) {}

    /** Lets everybody go on for this long; returns when the last request is answered. */
    void run(List<Person> people, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        List<Callable<Void>> days = new ArrayList<>();
        for (Person person : people) {
            days.add(() -> day(person, start, start + time.toNanos()));
        }
        BenchRoom.together(days);
    }

    private Void day(Person person, long start, long end) throws InterruptedException {
        long due = start + person.first().toNanos();
        while (due - end < 0) {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            try {
                person.request().make();
                latencies.add(System.nanoTime() - due);
            } catch (IOException failed) {
                failed(failed);
            }
            if (person.every().isZero()) {
                return null;
            }
            due += person.every().toNanos();
        }
        return null;
    }

    private synchronized void failed(IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failures.size() < REASONS_MAX || failures.containsKey(reason)) {
            failures.merge(reason, 1, Integer::sum);
        } else {
            failures.merge("others", 1, Integer::sum);
        }
    }

    int answered() {
        return latencies.size();
    }

    synchronized int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Why, with counts; for the report. */
    synchronized String reasons() {
        return failures.isEmpty() ? "none" : failures.toString();
    }

    /** The latency that so many of a hundred requests did not exceed, in milliseconds. */
    double percentileMillis(double percent) {
        long[] all = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        if (all.length == 0) {
            throw new IllegalStateException("nothing was answered: " + reasons());
        }
        return all[(int) Math.min(all.length - 1, all.length * percent / 100)] / 1e6;
    }

    double meanMillis() {
        return Arrays.stream(latencies.stream().mapToLong(Long::longValue).toArray())
                        .average()
                        .orElseThrow()
                / 1e6;
    }
}
