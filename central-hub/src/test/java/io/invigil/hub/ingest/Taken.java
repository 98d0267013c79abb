package io.invigil.hub.ingest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Messages, the time that they took, and the processors' time by who used it. */
record Taken(long messages, double seconds, Map<String, Long> nanos) {
    static final Taken NOTHING = new Taken(0, 0, Map.of());
    static final String HUB = "Hub";
    static final String NODE = "Nodes";
    static final String CARRIER = "Carrier";
    static final List<String> PARTS = List.of(HUB, NODE, CARRIER);

    Taken plus(Taken other) {
        Map<String, Long> sum = new TreeMap<>(nanos);
        other.nanos.forEach((who, time) -> sum.merge(who, time, Long::sum));
        return new Taken(messages + other.messages, seconds + other.seconds, sum);
    }

    double perSecond() {
        return messages / seconds;
    }

    double millis(String who) {
        return nanos.getOrDefault(who, 0L) / 1e6 / messages;
    }

    /** What the processors did: their time is what limits as soon as they are busy. */
    String limit(Taken bare) {
        double cores = Runtime.getRuntime().availableProcessors();
        double busy =
                nanos.values().stream().mapToLong(Long::longValue).sum() / 1e9 / seconds / cores;
        return String.format(
                Locale.ROOT,
                "processor time, ms for each bundle: hub %.2f (steps: bundleSteps), nodes in the"
                        + " same process %.2f, broker and MQTT clients %.2f; a bare message takes"
                        + " %.2f; %.0f %% of %.0f processors were busy",
                millis(HUB),
                millis(NODE),
                millis(CARRIER),
                bare.millis(CARRIER),
                100 * busy,
                cores);
    }

    /** Processor time of the living threads so far. */
    static Map<String, Long> processorTime() {
        var threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> nanos = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                long time = threads.getThreadCpuTime(thread.getThreadId());
                nanos.merge(part(thread.getThreadName()), time, Long::sum);
            }
        }
        return nanos;
    }

    private static String part(String thread) {
        if (thread.startsWith("node-")) {
            return NODE;
        }
        return thread.startsWith("ingest-") || thread.startsWith("database") ? HUB : CARRIER;
    }

    static Taken since(long start, Map<String, Long> before, long messages) {
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Long> nanos = new TreeMap<>(processorTime());
        nanos.replaceAll((who, time) -> Math.max(0, time - before.getOrDefault(who, 0L)));
        return new Taken(messages, seconds, nanos);
    }
}
