package io.invigil.hub.examday;

import io.invigil.appliance.web.Visit;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.SiteId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a visitor asks the board for, as it stands in the address. */
public record BoardQuery(LocalDate date, Optional<Long> plan, Optional<Long> site) {

    /** Reads the address; today when it names no day. */
    public static BoardQuery of(Visit visit, ZoneId zone) {
        return new BoardQuery(
                visit.query("date")
                        .flatMap(BoardQuery::date)
                        .orElseGet(() -> LocalDate.ofInstant(visit.now(), zone)),
                visit.queryNumber("plan").filter(number -> number > 0),
                visit.queryNumber("site").filter(number -> number > 0));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException wrong) {
            return Optional.empty();
        }
    }

    /** As it stands in an address, without the question mark. */
    public String text() {
        return "date="
                + date
                + plan.map(number -> "&plan=" + number).orElse("")
                + site.map(number -> "&site=" + number).orElse("");
    }

    /** The rooms it asks for; days begin in the zone. */
    public Boards.Filter filter(ZoneId zone) {
        return new Boards.Filter(
                Window.ofDays(date, date, zone), plan.map(PlanId::new), site.map(SiteId::new));
    }
}
