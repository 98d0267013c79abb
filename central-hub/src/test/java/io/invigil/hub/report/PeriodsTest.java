package io.invigil.hub.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Periods of reports (domain, section 16: week 2021年09月 第二周, or half-month). */
class PeriodsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    @Test
    void aWeekIsNumberedInTheMonthOfItsMonday() {
        Periods weekly = new Periods(Map.of());
        assertThat(weekly.at(day("2021-09-13")).chinese()).isEqualTo("2021年09月 第二周");
        assertThat(weekly.at(day("2021-09-19")).chinese()).isEqualTo("2021年09月 第二周");
        assertThat(weekly.at(day("2021-10-01")).chinese()).isEqualTo("2021年09月 第四周");
        assertThat(weekly.at(day("2021-08-30")).chinese()).isEqualTo("2021年08月 第五周");
    }

    @Test
    void halfMonthsBeginOnTheFirstAndTheSixteenth() {
        Periods half = new Periods(Map.of(day("2021-01-01"), Rhythm.HALF_MONTH));
        assertThat(half.at(day("2021-02-15")).chinese()).isEqualTo("2021年02月 上半月");
        assertThat(half.at(day("2021-02-16")).chinese()).isEqualTo("2021年02月 下半月");
        assertThat(half.at(day("2021-02-28")).nextDay()).isEqualTo(day("2021-03-01"));
    }

    @Test
    void everyDayIsInOnePeriodAlsoWhereTheRhythmChangesInsideOne() {
        Periods periods =
                new Periods(
                        Map.of(
                                day("2021-09-08"), Rhythm.HALF_MONTH,
                                day("2021-10-20"), Rhythm.WEEK));
        LocalDate day = day("2021-08-20");
        Period period = periods.at(day);
        while (day.isBefore(day("2021-11-20"))) {
            Period here = periods.at(day);
            if (!here.equals(period)) {
                assertThat(day).isEqualTo(period.nextDay()).isEqualTo(here.firstDay());
                period = here;
            }
            assertThat(day).isBefore(here.nextDay());
            day = day.plusDays(1);
        }
        assertThat(periods.at(day("2021-09-07")).nextDay()).isEqualTo(day("2021-09-08"));
        assertThat(periods.at(day("2021-09-08")).firstDay()).isEqualTo(day("2021-09-08"));
    }

    @Test
    void aPeriodIsOpenUntilTheNextOneBegins() {
        Period week = new Periods(Map.of()).at(day("2026-11-20"));
        var next = day("2026-11-23").atStartOfDay(ZONE).toInstant();
        assertThat(week.isOpen(next.minusMillis(1), ZONE)).isTrue();
        assertThat(week.isOpen(next, ZONE)).isFalse();
    }

    @Test
    void recentPeriodsAreListedNewestFirst() {
        assertThat(new Periods(Map.of()).upTo(day("2026-11-20"), 3))
                .extracting(Period::firstDay)
                .isEqualTo(List.of(day("2026-11-16"), day("2026-11-09"), day("2026-11-02")));
    }
}
