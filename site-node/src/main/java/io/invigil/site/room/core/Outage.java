package io.invigil.site.room.core;

/**
 * A time in which someone sat and the node did not run, measured from the facts before and after.
 *
 * @param fromMillis exam time of the last fact before
 * @param toMillis exam time of the first fact after; the same under a new boot, because exam time
 *     stands still while the machine is down
 * @param wallMillis difference of the wall clocks: evidence, and the proposal for compensation when
 *     the machine was down; may be nonsense if the clock jumped
 * @param newBoot whether the machine itself was down
 */
public record Outage(long fromMillis, long toMillis, long wallMillis, boolean newBoot) {
    /** Ticks come every 5 s while anyone sits: a longer silence is an outage. */
    public static final long SILENCE_MILLIS = 15_000;

    /** So many are kept; older ones are forgotten first. */
    public static final int KEPT_MAX = 32;
}
