package io.invigil.site.room.core;

import java.util.OptionalLong;

/**
 * When one sits, in exam time. Immutable.
 *
 * @param startedAt when the sitting started
 * @param startedWall wall clock of the start, epoch milliseconds, 0 before it
 * @param allowedMillis the subject's minutes with the extra time of the roster
 * @param grantedMillis granted in the room; goes beyond the end of the slot
 * @param pausedMillis of all finished pauses
 * @param pausedAt since when it is paused
 */
public record Timing(
        OptionalLong startedAt,
        long startedWall,
        long allowedMillis,
        long grantedMillis,
        long pausedMillis,
        OptionalLong pausedAt) {
    static final Timing NONE = new Timing(OptionalLong.empty(), 0, 0, 0, 0, OptionalLong.empty());

    Timing started(long now, long wall, long allowed) {
        return new Timing(
                OptionalLong.of(now), wall, allowed, grantedMillis, pausedMillis, pausedAt);
    }

    Timing granted(long millis) {
        return new Timing(
                startedAt,
                startedWall,
                allowedMillis,
                grantedMillis + millis,
                pausedMillis,
                pausedAt);
    }

    /** Was out of the sitting for so long; that does not count. */
    Timing away(long millis) {
        return new Timing(
                startedAt,
                startedWall,
                allowedMillis,
                grantedMillis,
                pausedMillis + millis,
                pausedAt);
    }

    Timing paused(long now) {
        return new Timing(
                startedAt,
                startedWall,
                allowedMillis,
                grantedMillis,
                pausedMillis,
                OptionalLong.of(now));
    }

    Timing resumed(long now) {
        long pause = pausedAt.isPresent() ? now - pausedAt.getAsLong() : 0;
        return new Timing(
                startedAt,
                startedWall,
                allowedMillis,
                grantedMillis,
                pausedMillis + pause,
                OptionalLong.empty());
    }

    /**
     * Exam time of the end: the earlier of own start plus allowed time and the end of the slot,
     * then what was granted and paused on top. While paused, the pause so far counts.
     */
    OptionalLong end(OptionalLong slotEnd, long now) {
        if (startedAt.isEmpty()) {
            return OptionalLong.empty();
        }
        long own = startedAt.getAsLong() + allowedMillis;
        long base = slotEnd.isPresent() ? Math.min(own, slotEnd.getAsLong()) : own;
        long pause = pausedAt.isPresent() ? now - pausedAt.getAsLong() : 0;
        return OptionalLong.of(base + grantedMillis + pausedMillis + pause);
    }
}
