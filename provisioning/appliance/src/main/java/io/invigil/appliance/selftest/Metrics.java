package io.invigil.appliance.selftest;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counters and gauges in the Prometheus text format. Thread-safe. */
public final class Metrics {
    /** More names than this are a mistake: a label made of input. */
    public static final int SERIES_MAX = 2_000;

    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

    /**
     * A counter, made at its first use.
     *
     * @param name such as {@code invigil_requests_total} or with labels {@code
     *     invigil_facts_total{lane="res"}}
     */
    public LongAdder counter(String name) {
        LongAdder known = counters.get(name);
        if (known != null) {
            return known;
        }
        check(name);
        return counters.computeIfAbsent(name, n -> new LongAdder());
    }

    /** A value asked for at each reading. */
    public void gauge(String name, DoubleSupplier value) {
        check(name);
        gauges.put(name, value);
    }

    private void check(String name) {
        if (!name.matches(
                "[a-z][a-z0-9_]{0,80}(\\{[a-z0-9_]+=\"[^\"\\n"
                        + "]{0,80}\"(,[a-z0-9_]+=\"[^\"\\n"
                        + "]{0,80}\")*})?")) {
            throw new IllegalArgumentException("not a metric name: " + name);
        }
        if (counters.size() + gauges.size() >= SERIES_MAX) {
            throw new IllegalStateException("more than " + SERIES_MAX + " metrics");
        }
    }

    /** Text format version 0.0.4. */
    public String text() {
        StringBuilder text = new StringBuilder();
        counters.forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
        gauges.forEach(
                (name, value) ->
                        text.append(name).append(' ').append(value.getAsDouble()).append('\n'));
        return text.toString();
    }
}
