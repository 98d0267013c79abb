package io.invigil.site.room.history;

import java.time.Instant;

/**
 * One line of the history.
 *
 * @param exam empty text when the sitting's package was not here
 * @param sitting 0 when it is about a whole exam
 * @param type tag of the fact
 * @param detail the fact's own fields as JSON, without the answer itself
 */
public record HistoryEntry(
        long position,
        String exam,
        long sitting,
        String type,
        Instant at,
        String by,
        String detail) {
    public static final int DETAIL_CHARS_MAX = 2_000;
}
