package io.invigil.site.space;

/**
 * How full the disk is.
 *
 * @param freePercent of the whole disk, the ballast not counted as free
 * @param cause why the level is not the best one
 * @param ballastBytes what is still set aside
 */
public record SpaceState(SpaceLevel level, int freePercent, Cause cause, long ballastBytes) {
    /** What the level comes from. */
    public enum Cause {
        NONE,
        /** Bytes. */
        SPACE,
        /** No file can be made although there are bytes: names or handles are used up. */
        FILES
    }
}
