package io.invigil.exam.room;

/**
 * One attempt at a sitting as facts, pages and stores name it. The first attempt has the number of
 * the sitting itself, so that facts which know of no attempts speak of the first; a later one
 * carries its place above the sitting's 48 bits and stays below 2^53, exact in every JSON reader.
 * An attempt so has answers, a device, time, a receipt, marks and a review of its own, and no fact
 * about one can ever be taken for another's.
 *
 * @param sitting the hub's number of the sitting, below 2^48
 * @param attempt from 1
 */
public record AttemptKey(long sitting, int attempt) {
    /** One more than the greatest number of a sitting. */
    public static final long SITTINGS = 1L << 48;

    private static final int ATTEMPT_MAX = 31;

    public AttemptKey {
        if (sitting < 0 || sitting >= SITTINGS || attempt < 1 || attempt > ATTEMPT_MAX) {
            throw new IllegalArgumentException("not an attempt: " + sitting + "/" + attempt);
        }
    }

    /** Reads {@link #value()}. */
    public static AttemptKey of(long value) {
        return new AttemptKey(sittingOf(value), Math.toIntExact(value / SITTINGS + 1));
    }

    /** The sitting of any attempt. */
    public static long sittingOf(long value) {
        return Math.floorMod(value, SITTINGS);
    }

    public long value() {
        return sitting + (attempt - 1) * SITTINGS;
    }

    public AttemptKey next() {
        return new AttemptKey(sitting, attempt + 1);
    }
}
