package io.invigil.site.attendance;

import io.invigil.site.attendance.SeatMap.SeatState;
import io.invigil.site.room.core.IdentityState;
import io.invigil.site.room.core.PageWatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that a seat of the map can say beside its state, the worst first: the map is tinted by
 * the first one that holds and names it in words (issue 3, part 6; domain, section 12).
 */
public enum SeatIndicator {
    /** A person waits: before everything that is as bad. */
    HELP(Level.BAD, Signs::help),
    PAGE_CUT(Level.BAD, signs -> signs.silentFor(Signs.CUT_MILLIS)),
    IDENTITY_DIFFERS(
            Level.BAD, signs -> signs.there() && signs.identity().recheck().doubted().isPresent()),
    BATTERY_EMPTY(Level.BAD, signs -> signs.batteryUpTo(Signs.BATTERY_EMPTY_PERCENT)),
    PAGE_SILENT(Level.WARN, signs -> signs.silentFor(Signs.SILENT_MILLIS)),
    IDENTITY_OPEN(
            Level.WARN,
            signs -> signs.there() && signs.identity().standing() == IdentityState.Standing.ASKED),
    IDENTITY_REFUSED(
            Level.WARN,
            signs ->
                    signs.there() && signs.identity().standing() == IdentityState.Standing.REFUSED),
    CAMERA(Level.WARN, signs -> signs.working() && signs.cameraFails()),
    CASE(Level.WARN, Signs::otherCase),
    TIME_LOST(Level.WARN, Signs::timeToGiveBack),
    APART(Level.WARN, signs -> signs.apartUndecided() > 0),
    LEFT_OFTEN(
            Level.WARN,
            signs ->
                    signs.working()
                            && (signs.watch().left() >= Signs.LEFT_OFTEN
                                    || signs.watch().leftMillis() >= Signs.LEFT_LONG_MILLIS)),
    BATTERY_LOW(Level.WARN, signs -> signs.batteryUpTo(Signs.BATTERY_LOW_PERCENT)),
    PAGE_SLOW(Level.NOTE, signs -> signs.silentFor(Signs.SLOW_MILLIS)),
    LEFT(Level.NOTE, signs -> signs.working() && signs.watch().left() > 0),
    WARNED(Level.NOTE, signs -> signs.working() && signs.warnings() > 0),
    INCIDENT(Level.NOTE, signs -> signs.incidents() > 0),
    LATE(Level.NOTE, signs -> signs.running() && signs.state() == SeatState.EXPECTED),
    NOT_STARTED(Level.NOTE, signs -> signs.running() && signs.state() == SeatState.CHECKED_IN);

    /** How loud it is. */
    public enum Level {
        NOTE,
        WARN,
        BAD
    }

    private final Level level;
    private final Predicate<Signs> rule;

    SeatIndicator(Level level, Predicate<Signs> rule) {
        this.level = level;
        this.rule = rule;
    }

    public Level level() {
        return level;
    }

    /** Every indicator that holds, the worst first. */
    static List<SeatIndicator> of(Signs signs) {
        return Arrays.stream(values())
                .filter(indicator -> indicator.rule.test(signs))
                .filter(indicator -> !indicator.isImpliedIn(signs))
                .toList();
    }

    /** A milder word for what a stronger one says already. */
    private boolean isImpliedIn(Signs signs) {
        return switch (this) {
            case PAGE_SILENT -> PAGE_CUT.rule.test(signs);
            case PAGE_SLOW -> PAGE_SILENT.rule.test(signs);
            case IDENTITY_OPEN -> IDENTITY_DIFFERS.rule.test(signs);
            case BATTERY_LOW -> BATTERY_EMPTY.rule.test(signs);
            case LEFT -> LEFT_OFTEN.rule.test(signs);
            default -> false;
        };
    }

    /**
     * What the rules look at.
     *
     * @param running whether the exam runs
     * @param silentMillis since the page last spoke; empty: never since the process started
     * @param batteryPercent while the machine runs on it
     * @param otherCase whether a case other than a call for help is open
     * @param timeToGiveBack whether lost time can still be given back
     * @param cameraFails whether the page said that its camera gives no picture
     * @param apartUndecided answers kept apart that nobody decided
     */
    record Signs(
            SeatState state,
            boolean running,
            Optional<Long> silentMillis,
            Optional<Integer> batteryPercent,
            boolean help,
            boolean otherCase,
            boolean timeToGiveBack,
            boolean cameraFails,
            int warnings,
            int incidents,
            long apartUndecided,
            PageWatch watch,
            IdentityState identity) {
        /** A page beats every four seconds: one beat missed, two, then it is cut off. */
        static final long SLOW_MILLIS = 5_000;

        static final long SILENT_MILLIS = 10_000;
        static final long CUT_MILLIS = 15_000;
        static final int BATTERY_LOW_PERCENT = 20;
        static final int BATTERY_EMPTY_PERCENT = 8;
        static final int LEFT_OFTEN = 3;
        static final long LEFT_LONG_MILLIS = 60_000;

        boolean working() {
            return state == SeatState.WORKING;
        }

        /** In the room, or was: whose identity can be asked about. */
        boolean there() {
            return state != SeatState.EXPECTED && state != SeatState.ABSENT;
        }

        boolean silentFor(long millis) {
            return working() && silentMillis.orElse(Long.MAX_VALUE) > millis;
        }

        boolean batteryUpTo(int percent) {
            return working() && batteryPercent.filter(left -> left <= percent).isPresent();
        }
    }
}
