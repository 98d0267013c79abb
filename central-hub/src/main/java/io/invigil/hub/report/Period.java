package io.invigil.hub.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A period to report on.
 *
 * @param firstDay its name in the database
 * @param nextDay first day of the period after it; reports are taken until it begins
 */
public record Period(Rhythm rhythm, LocalDate firstDay, LocalDate nextDay) {
    private static final String[] NUMBERS = {"一", "二", "三", "四", "五"};

    /** Whether the next period has not begun, in the zone of the hub. */
    public boolean isOpen(Instant now, ZoneId zone) {
        return now.isBefore(nextDay.atStartOfDay(zone).toInstant());
    }

    /** As the source writes it: 2021年09月 第二周, or 2021年09月 上半月. */
    public String chinese() {
        String month =
                String.format(
                        java.util.Locale.ROOT,
                        "%d年%02d月 ",
                        firstDay.getYear(),
                        firstDay.getMonthValue());
        int number = rhythm.number(firstDay);
        return month
                + switch (rhythm) {
                    case WEEK -> "第" + NUMBERS[number - 1] + "周";
                    case HALF_MONTH -> number == 1 ? "上半月" : "下半月";
                };
    }
}
