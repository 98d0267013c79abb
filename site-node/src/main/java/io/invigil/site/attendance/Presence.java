package io.invigil.site.attendance;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each candidate's page last spoke to the node, in milliseconds since boot. Not a fact: it is
 * for the proctor's eyes and starts anew with the process. Thread-safe.
 */
public final class Presence {
    private final Map<Long, Long> seen = new ConcurrentHashMap<>();

    /** Only sittings of a roster come here, so the map is bounded by the packages. */
    public void seen(long sitting, long upMillis) {
        seen.put(sitting, upMillis);
    }

    public OptionalLong millisAgo(long sitting, long upMillis) {
        Long at = seen.get(sitting);
        return at == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, upMillis - at));
    }
}
