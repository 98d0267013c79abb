package io.invigil.protocol.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * At most five codes a minute, never a lock (fault row 58): whoever waits may try again. Immutable;
 * time is monotonic milliseconds of one boot, a new boot starts afresh.
 *
 * @param recent times of the tries of the last minute, ascending
 */
public record ReleaseAttempts(List<Long> recent) {
    public static final int PER_MINUTE_MAX = 5;
    public static final long WINDOW_MILLIS = 60_000;
    public static final ReleaseAttempts NONE = new ReleaseAttempts(List.of());

    public ReleaseAttempts {
        recent = List.copyOf(recent);
    }

    /** Whether a complete code may be tried now. */
    public sealed interface Decision {
        /**
         * @param after to be kept for the next time
         */
        record Try(ReleaseAttempts after) implements Decision {}

        record Wait(long millis) implements Decision {}
    }

    /** Decides over a code whose check digits fit; others are no try and do not come here. */
    public Decision tryAt(long upMillis) {
        List<Long> kept = new ArrayList<>();
        for (long at : recent) {
            if (at <= upMillis && upMillis - at < WINDOW_MILLIS) {
                kept.add(at);
            }
        }
        if (kept.size() >= PER_MINUTE_MAX) {
            return new Decision.Wait(WINDOW_MILLIS - (upMillis - kept.getFirst()));
        }
        kept.add(upMillis);
        return new Decision.Try(new ReleaseAttempts(kept));
    }
}
