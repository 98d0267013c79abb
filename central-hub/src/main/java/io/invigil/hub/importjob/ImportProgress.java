package io.invigil.hub.importjob;

import java.util.OptionalInt;

/**
 * How far an unfinished import is.
 *
 * @param total rows of the file; empty until it is read
 * @param waiting no hub works on it at this moment
 */
public record ImportProgress(int done, OptionalInt total, boolean waiting) {

    /** Whole per cent, rounded down; 0 until the file is read. */
    public int percent() {
        int all = total.orElse(0);
        return all == 0 ? 0 : (int) (100L * done / all);
    }
}
