package io.invigil.site.room.core;

import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomFact;
import java.util.HashSet;
import java.util.Set;

/**
 * What a sitting's page noticed so far. Immutable.
 *
 * @param left how often the page was left by the candidate's own cause
 * @param leftMillis how long in all
 * @param signals the pages' ids of all signals: a repeated one is no second
 */
public record PageWatch(int left, long leftMillis, Set<String> signals) {
    static final PageWatch NONE = new PageWatch(0, 0, Set.of());

    PageWatch after(RoomFact.PageSignalled fact) {
        Set<String> changed = new HashSet<>(signals);
        changed.add(fact.signal());
        boolean counts = fact.kind() == PageSignal.LEFT && fact.ownCause();
        return new PageWatch(
                left + (counts ? 1 : 0),
                leftMillis + (counts ? fact.lastedMillis() : 0),
                Set.copyOf(changed));
    }
}
