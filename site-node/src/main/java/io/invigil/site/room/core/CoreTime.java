package io.invigil.site.room.core;

/**
 * The time at which a command is decided.
 *
 * @param wallMillis wall clock, epoch milliseconds: evidence only
 * @param upMillis milliseconds since boot, monotonic within one boot
 * @param boot boot id under which {@code upMillis} counts
 */
public record CoreTime(long wallMillis, long upMillis, String boot) {
    public CoreTime {
        if (upMillis < 0 || boot.isEmpty()) {
            throw new IllegalArgumentException("a time needs uptime and boot id");
        }
    }
}
