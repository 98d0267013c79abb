package io.invigil.site.room.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The answer to one item as it is now. Immutable.
 *
 * @param revision number of this answer, from 1
 * @param response QTI response variables as the page sent them
 * @param savedWall wall clock of the save, epoch milliseconds
 * @param ops the last few saves, newest first: a repeated one is answered again, not saved again
 */
public record ItemAnswer(
        long revision, Map<String, List<String>> response, long savedWall, List<Op> ops) {
    /** So many saves of one item are recognised when they come again. */
    public static final int OPS_MAX = 4;

    /** A page's save and the revision it got. */
    public record Op(String op, long revision) {}

    OptionalLong revisionOf(String op) {
        for (Op known : ops) {
            if (known.op().equals(op)) {
                return OptionalLong.of(known.revision());
            }
        }
        return OptionalLong.empty();
    }

    static List<Op> pushed(List<Op> ops, Op newest) {
        List<Op> kept = new ArrayList<>(OPS_MAX);
        kept.add(newest);
        for (Op op : ops) {
            if (kept.size() < OPS_MAX) {
                kept.add(op);
            }
        }
        return List.copyOf(kept);
    }
}
