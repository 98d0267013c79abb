package io.invigil.testkit.bench;

import java.util.Optional;

/**
 * One measured figure.
 *
 * @param aim what was wanted, in words; empty for a figure given for information
 * @param met whether the aim was reached; empty without an aim
 * @param limitedBy what was measured to hold it back, where the aim is missed
 */
public record Figure(
        String name,
        double value,
        String unit,
        Optional<String> aim,
        Optional<Boolean> met,
        Optional<String> limitedBy) {

    public Figure {
        if (met.isPresent() != aim.isPresent()) {
            throw new IllegalArgumentException("a figure with an aim has met it or not");
        }
        if (met.isPresent() && !met.get() && limitedBy.isEmpty()) {
            throw new IllegalArgumentException("a missed aim needs what limits it: " + name);
        }
    }

    public static Figure information(String name, double value, String unit) {
        return new Figure(
                name, rounded(value), unit, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Figure atLeast(
            String name, double value, String unit, double aim, String limitedBy) {
        return aimed(name, value, unit, "at least " + aim, value >= aim, limitedBy);
    }

    public static Figure atMost(
            String name, double value, String unit, double aim, String limitedBy) {
        return aimed(name, value, unit, "at most " + aim, value <= aim, limitedBy);
    }

    private static Figure aimed(
            String name, double value, String unit, String aim, boolean met, String limitedBy) {
        return new Figure(
                name,
                rounded(value),
                unit,
                Optional.of(aim),
                Optional.of(met),
                met ? Optional.empty() : Optional.of(limitedBy));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
