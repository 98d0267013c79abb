package io.invigil.hub.print;

import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Site;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sheets of one room in one slot are printed from.
 *
 * @param seated who sits there, by seat
 * @param proctors names of the assigned, empty when nobody is
 */
public record RoomSheet(
        Plan plan,
        Slot slot,
        Site site,
        Room room,
        String school,
        Map<LevelId, CertificateLevel> levels,
        List<ArrangedSitting> seated,
        String proctors,
        String patrols) {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm");

    public RoomSheet {
        levels = Map.copyOf(levels);
        seated = List.copyOf(seated);
    }

    /** Several subjects in one room give one sheet per subject (domain, section 7). */
    Map<Subject, List<ArrangedSitting>> bySubject() {
        Map<Subject, List<ArrangedSitting>> groups = new LinkedHashMap<>();
        seated.forEach(s -> groups.computeIfAbsent(s.subject(), k -> new ArrayList<>()).add(s));
        return groups;
    }

    CertificateLevel level(Subject subject) {
        return levels.get(subject.level());
    }

    /** 2026-11-20 09:00~11:00, in the plan's zone, as the source documents print it. */
    String time() {
        ZonedDateTime from = slot.time().from().atZone(plan.zone());
        ZonedDateTime to = slot.time().to().atZone(plan.zone());
        boolean sameDay = from.toLocalDate().equals(to.toLocalDate());
        return START.format(from) + "~" + (sameDay ? END : START).format(to);
    }
}
