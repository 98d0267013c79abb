package io.invigil.hub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A span of time [from, to). People enter and read inclusive days in the plan's zone; stored is the
 * start of the first day and the start of the day after the last (domain, section 2).
 */
public record Window(Instant from, Instant to) {

    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    /**
     * @throws IllegalArgumentException when {@code last} is before {@code first}
     */
    public static Window ofDays(LocalDate first, LocalDate last, ZoneId zone) {
        return new Window(
                first.atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    public boolean isAfter(Instant instant) {
        return instant.isBefore(from);
    }

    public boolean isOver(Instant instant) {
        return !instant.isBefore(to);
    }

    public LocalDate firstDay(ZoneId zone) {
        return from.atZone(zone).toLocalDate();
    }

    /** The last day that is wholly or partly inside. */
    public LocalDate lastDay(ZoneId zone) {
        return to.minusMillis(1).atZone(zone).toLocalDate();
    }

    /** Whether two half-open spans share an instant. */
    public boolean overlaps(Window other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }
}
