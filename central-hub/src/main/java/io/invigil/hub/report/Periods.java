package io.invigil.hub.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The periods of a province, from its rhythms and the days from which they hold. Where a new rhythm
 * begins inside a period of the old one, that period ends the day before. Immutable.
 */
final class Periods {
    private final NavigableMap<LocalDate, Rhythm> rhythms;

    /**
     * @param rhythms by first day; before all of them reports are weekly
     */
    Periods(Map<LocalDate, Rhythm> rhythms) {
        this.rhythms = new TreeMap<>(rhythms);
    }

    /** The period that the day is in. */
    Period at(LocalDate day) {
        Map.Entry<LocalDate, Rhythm> current = rhythms.floorEntry(day);
        Rhythm rhythm = current == null ? Rhythm.WEEK : current.getValue();
        LocalDate first = rhythm.firstDay(day);
        LocalDate next = rhythm.next(first);
        if (current != null && first.isBefore(current.getKey())) {
            first = current.getKey();
        }
        LocalDate change = rhythms.higherKey(day);
        return new Period(rhythm, first, change != null && change.isBefore(next) ? change : next);
    }

    /** The period of the day and those before it, newest first. */
    List<Period> upTo(LocalDate day, int count) {
        List<Period> periods = new ArrayList<>();
        LocalDate in = day;
        for (int i = 0; i < count; i++) {
            Period period = at(in);
            periods.add(period);
            in = period.firstDay().minusDays(1);
        }
        return periods;
    }
}
