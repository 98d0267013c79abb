package io.invigil.hub.session;

import io.invigil.hub.organisation.TenantId;
import java.time.Duration;
import java.time.Instant;

/**
 * One session of a class course (面授课).
 *
 * @param course number of the class course
 * @param hours 学时; 0 after it was set to nothing
 * @param test whether it is the comprehensive test (综合测试)
 * @param checkInMinutes before the start; the start itself is the last moment
 * @param checkOutMinutes after the end, whose last moment counts
 * @param login who entered it
 */
public record ClassSession(
        TenantId tenant,
        long id,
        long course,
        Instant start,
        Instant end,
        int hours,
        boolean test,
        int checkInMinutes,
        int checkOutMinutes,
        String login) {

    /** What one does by one's own code. */
    public enum Window {
        NOT_OPEN,
        CHECK_IN,
        RUNNING,
        CHECK_OUT,
        OVER
    }

    public Instant opensAt() {
        return start.minus(Duration.ofMinutes(checkInMinutes));
    }

    public Instant leavesUntil() {
        return end.plus(Duration.ofMinutes(checkOutMinutes));
    }

    /** 结课. */
    public boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** Both edges of [start − minutes, start] and [end, end + minutes] count. */
    public Window at(Instant now) {
        if (now.isBefore(opensAt())) {
            return Window.NOT_OPEN;
        }
        if (!now.isAfter(start)) {
            return Window.CHECK_IN;
        }
        if (now.isBefore(end)) {
            return Window.RUNNING;
        }
        return now.isAfter(leavesUntil()) ? Window.OVER : Window.CHECK_OUT;
    }

    ClassSession withHours(int changed) {
        return new ClassSession(
                tenant,
                id,
                course,
                start,
                end,
                changed,
                test,
                checkInMinutes,
                checkOutMinutes,
                login);
    }
}
