package io.invigil.hub.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How often a province wants reports (周报 or 半月报). Names stand in the database. */
public enum Rhythm {
    /** Monday to Sunday; a week belongs to the month of its Monday. */
    WEEK,
    /** The 1st to the 15th, and the rest of the month. */
    HALF_MONTH;

    /** First day of the period of this rhythm that the day is in. */
    public LocalDate firstDay(LocalDate day) {
        return switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case HALF_MONTH -> day.withDayOfMonth(day.getDayOfMonth() <= 15 ? 1 : 16);
        };
    }

    /** First day of the period after it. */
    public LocalDate next(LocalDate firstDay) {
        return switch (this) {
            case WEEK -> firstDay.plusWeeks(1);
            case HALF_MONTH ->
                    firstDay.getDayOfMonth() == 1
                            ? firstDay.withDayOfMonth(16)
                            : firstDay.plusMonths(1).withDayOfMonth(1);
        };
    }

    /** Which of its month, from 1. */
    public int number(LocalDate firstDay) {
        return switch (this) {
            case WEEK -> (firstDay.getDayOfMonth() - 1) / 7 + 1;
            case HALF_MONTH -> firstDay.getDayOfMonth() == 1 ? 1 : 2;
        };
    }
}
