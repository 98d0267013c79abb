package io.invigil.site.doctor;

import io.invigil.appliance.selftest.Health.Light;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Runs the checks and remembers what each said last. Those that a person must ask for are never
 * made by themselves. Thread-safe; who asks while another's checks run waits for them.
 */
public final class Doctor {
    /** A check that takes longer has failed: somebody stands and waits. */
    static final long SECONDS_MAX = 30;

    private final List<Probe> probes;
    private final Clock clock;
    private final long millisMax;
    private final Map<Check, Finding> last = new EnumMap<>(Check.class);

    /**
     * @param probes at most one for each check; a check without one is not made here
     */
    public Doctor(Collection<Probe> probes, Clock clock) {
        this(probes, clock, TimeUnit.SECONDS.toMillis(SECONDS_MAX));
    }

    Doctor(Collection<Probe> probes, Clock clock, long millisMax) {
        this.probes = List.copyOf(probes);
        this.clock = clock;
        this.millisMax = millisMax;
        if (this.probes.stream().map(Probe::check).distinct().count() != this.probes.size()) {
            throw new IllegalArgumentException("two probes for one check");
        }
    }

    /** Makes all checks now. */
    public synchronized List<Finding> all() {
        // the hub is asked first: the clock is compared with what it says
        run(probe -> probe.check() == Check.HUB);
        run(probe -> probe.check() != Check.HUB);
        return known();
    }

    /** Makes the quick ones now; of the others, what they said last. */
    public synchronized List<Finding> quick() {
        for (Probe probe : probes) {
            if (probe.check().effort() == Check.Effort.QUICK) {
                keep(probe, look(probe));
            }
        }
        return known();
    }

    /** What one check said last; empty when it was never made since the start. */
    public synchronized Optional<Finding> last(Check check) {
        return Optional.ofNullable(last.get(check));
    }

    /** Checks that exist here and were not made since the start. */
    public synchronized List<Check> notMade() {
        return probes.stream()
                .map(Probe::check)
                .filter(c -> !last.containsKey(c))
                .sorted()
                .toList();
    }

    /** The worst light of all findings. */
    public static Light worst(List<Finding> findings) {
        return findings.stream()
                .map(Finding::light)
                .reduce(Light.OK, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    private List<Finding> known() {
        return List.copyOf(last.values());
    }

    private void run(Predicate<Probe> wanted) {
        List<Probe> chosen = probes.stream().filter(wanted).toList();
        if (chosen.isEmpty()) {
            return;
        }
        // platform threads: Derby and file systems pin virtual ones
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        chosen.size(), Thread.ofPlatform().name("doctor-", 0).daemon().factory());
        try {
            List<Future<Measured>> looks = new ArrayList<>();
            chosen.forEach(probe -> looks.add(threads.submit(() -> look(probe))));
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
            for (int at = 0; at < chosen.size(); at++) {
                keep(chosen.get(at), within(looks.get(at), end - System.nanoTime()));
            }
        } finally {
            // not interrupted: Derby takes an interrupt for damage (fault row 76)
            threads.shutdown();
        }
    }

    private void keep(Probe probe, Measured measured) {
        last.put(probe.check(), new Finding(probe.check(), measured, clock.instant()));
    }

    private static Measured look(Probe probe) {
        try {
            return probe.look();
        } catch (IOException | RuntimeException broken) {
            return broken(broken);
        }
    }

    private static Measured within(Future<Measured> look, long nanos) {
        try {
            return look.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return broken(stopped);
        } catch (ExecutionException | TimeoutException late) {
            return broken(late);
        }
    }

    /** The kind of what went wrong, never its message: that may hold anything. */
    private static Measured broken(Exception cause) {
        return Measured.of(Symptom.CHECK_BROKE_OFF, cause.getClass().getSimpleName());
    }
}
