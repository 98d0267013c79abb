package io.invigil.appliance.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The health checks of one server. Thread-safe. */
public final class Health {
    public static final int CHECKS_MAX = 100;

    /** As on the technician's page: green, yellow, red. */
    public enum Light {
        OK,
        WARNING,
        FAILED
    }

    /** A check's last finding; the detail holds no secrets and no personal data. */
    public record Finding(Light light, String detail) {
        public static Finding ok(String detail) {
            return new Finding(Light.OK, detail);
        }

        public static Finding warning(String detail) {
            return new Finding(Light.WARNING, detail);
        }

        public static Finding failed(String detail) {
            return new Finding(Light.FAILED, detail);
        }
    }

    public record Line(String name, Finding finding) {}

    private record Check(String name, Supplier<Finding> ask) {}

    private final List<Check> checks = new CopyOnWriteArrayList<>();

    /** Adds a check; it must answer quickly. */
    public void add(String name, Supplier<Finding> ask) {
        if (checks.size() >= CHECKS_MAX) {
            throw new IllegalStateException("more than " + CHECKS_MAX + " health checks");
        }
        checks.add(new Check(name, ask));
    }

    /** Asks all checks now. One that throws has failed. */
    public List<Line> ask() {
        List<Line> lines = new ArrayList<>();
        for (Check check : checks) {
            try {
                lines.add(new Line(check.name, check.ask.get()));
            } catch (RuntimeException failure) {
                lines.add(new Line(check.name, Finding.failed(String.valueOf(failure))));
            }
        }
        return lines;
    }

    /** The worst light of all lines. */
    public static Light worst(List<Line> lines) {
        return lines.stream()
                .map(line -> line.finding().light())
                .reduce(Light.OK, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
}
