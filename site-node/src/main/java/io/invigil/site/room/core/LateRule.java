package io.invigil.site.room.core;

import java.util.OptionalLong;

/**
 * Until when an answer still counts (XSP/1 section 11): a little after the end for what is on its
 * way, and as long as an outage that spans the end lasted, at most ten minutes.
 */
final class LateRule {
    /** For a save that left the page in time. */
    static final long ON_ITS_WAY_MILLIS = 5_000;

    static final long OUTAGE_GRACE_MILLIS_MAX = 10 * 60_000L;

    private LateRule() {}

    static boolean over(RoomState state, ExamState exam, SittingState sitting, long now) {
        OptionalLong end = sitting.timing().end(exam.slotEnd(), now);
        return end.isPresent() && now > deadline(state, end.getAsLong());
    }

    /** Whether a pause has lasted longer than a save may be on its way. */
    static boolean pausedFor(SittingState sitting, long now) {
        OptionalLong since = sitting.timing().pausedAt();
        return since.isPresent() && now - since.getAsLong() > ON_ITS_WAY_MILLIS;
    }

    static long deadline(RoomState state, long end) {
        long deadline = end + ON_ITS_WAY_MILLIS;
        for (Outage outage : state.outages()) {
            boolean spansTheEnd = outage.fromMillis() <= end && end <= outage.toMillis();
            if (spansTheEnd) {
                long lasted = outage.toMillis() - outage.fromMillis();
                long grace = Math.min(lasted, OUTAGE_GRACE_MILLIS_MAX);
                deadline = Math.max(deadline, outage.toMillis() + grace);
            }
        }
        return deadline;
    }
}
