package io.invigil.site.rehearsal;

import java.time.Duration;

/**
 * What is rehearsed.
 *
 * @param candidates how many sit
 * @param lasting from the first arrival to the last save
 */
public record RehearsalOrder(int candidates, Duration lasting) {
    /** The largest room this project was measured with (issue 3, part 9). */
    public static final int CANDIDATES_MAX = 250;

    public static final Duration LASTING_MIN = Duration.ofSeconds(2);
    public static final Duration LASTING_MAX = Duration.ofMinutes(10);

    /** Each candidate saves so often (issue 3, part 9). */
    public static final Duration SAVE_EVERY = Duration.ofSeconds(5);

    /** All arrive within so much of the time, at most a minute (issue 3, part 9). */
    private static final double ARRIVAL_SHARE = 0.3;

    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(60);

    public RehearsalOrder {
        if (candidates < 1 || candidates > CANDIDATES_MAX) {
            throw new IllegalArgumentException("1 to " + CANDIDATES_MAX + " candidates");
        }
        if (lasting.compareTo(LASTING_MIN) < 0 || lasting.compareTo(LASTING_MAX) > 0) {
            throw new IllegalArgumentException("a rehearsal lasts 2 s to 10 min");
        }
    }

    /** Whether a person may ask for this. */
    static boolean isAllowed(int candidates, long seconds) {
        return candidates >= 1
                && candidates <= CANDIDATES_MAX
                && seconds >= LASTING_MIN.toSeconds()
                && seconds <= LASTING_MAX.toSeconds();
    }

    /** When one of them arrives. */
    Duration arrival(int number) {
        long spread = Math.min(ARRIVAL_MAX.toMillis(), (long) (lasting.toMillis() * ARRIVAL_SHARE));
        return Duration.ofMillis(spread * number / candidates);
    }
}
