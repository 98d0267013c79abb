package io.invigil.site.room.core;

import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a sitting's page noticed so far. Immutable.
 *
 * @param left how often the page was left by the candidate's own cause
 * @param leftMillis how long in all
 * @param signals the pages' ids of all signals: a repeated one is no second
 * @param plays how often each clip was played, by item and clip
 */
public record PageWatch(
        int left, long leftMillis, Set<String> signals, Map<String, Integer> plays) {
    static final PageWatch NONE = new PageWatch(0, 0, Set.of(), Map.of());

    PageWatch after(RoomFact.PageSignalled fact) {
        Set<String> changed = new HashSet<>(signals);
        changed.add(fact.signal());
        boolean counts = fact.kind() == PageSignal.LEFT && fact.ownCause();
        return new PageWatch(
                left + (counts ? 1 : 0),
                leftMillis + (counts ? fact.lastedMillis() : 0),
                Set.copyOf(changed),
                plays);
    }

    PageWatch after(RoomFact.MediaPlayed fact) {
        Map<String, Integer> changed = new HashMap<>(plays);
        changed.merge(fact.clip(), fact.play(), Math::max);
        return new PageWatch(left, leftMillis, signals, Map.copyOf(changed));
    }
}
