package io.invigil.hub.session;

import io.invigil.hub.candidate.Candidate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * 面授考勤成绩 of a student in a class course: hours present ÷ hours of all sessions that are over
 * (domain, section 9: ours), with what it is made of.
 */
public record AttendanceMark(Candidate student, List<Line> lines) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public AttendanceMark {
        lines = List.copyOf(lines);
    }

    /** One session of the mark. */
    public record Line(ClassSession session, Presence presence) {
        public int hoursPresent() {
            return presence.present() ? session.hours() : 0;
        }
    }

    public int hoursPresent() {
        return lines.stream().mapToInt(Line::hoursPresent).sum();
    }

    public int hoursOfAll() {
        return lines.stream().mapToInt(line -> line.session().hours()).sum();
    }

    /** Of 100, one decimal, half up; empty while no session with hours is over. */
    public Optional<BigDecimal> mark() {
        return hoursOfAll() == 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(hoursPresent())
                                .multiply(HUNDRED)
                                .divide(BigDecimal.valueOf(hoursOfAll()), 1, RoundingMode.HALF_UP));
    }
}
