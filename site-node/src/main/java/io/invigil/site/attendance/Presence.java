package io.invigil.site.attendance;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each candidate's page last spoke to the node, in milliseconds since boot. It is for the
 * proctor's eyes and starts anew with the process; a long silence is told when the page is back, so
 * that it can become a fact. Thread-safe.
 */
public final class Presence {
    /** Shorter gaps are nothing: a page beats every four seconds, a hidden one less often. */
    public static final long SILENCE_MILLIS_MIN = 15_000;

    private final Map<Long, Long> seen = new ConcurrentHashMap<>();
    private final Map<Long, Integer> batteries = new ConcurrentHashMap<>();
    private volatile Silences silences = (sitting, millis) -> {};

    /** Hears of silences that are over, or that were asked about. */
    public interface Silences {
        void wasSilent(long sitting, long millis);
    }

    /** Set once, before pages speak. */
    public void tell(Silences listener) {
        silences = listener;
    }

    /** Only sittings of a roster come here, so the map is bounded by the packages. */
    public void seen(long sitting, long upMillis) {
        Long before = seen.put(sitting, upMillis);
        note(sitting, before, upMillis);
    }

    /** Tells of a silence that still lasts; it counts anew from here. */
    public void noteSilence(long sitting, long upMillis) {
        Long before = seen.get(sitting);
        if (before != null
                && upMillis - before >= SILENCE_MILLIS_MIN
                && seen.replace(sitting, before, upMillis)) {
            note(sitting, before, upMillis);
        }
    }

    private void note(long sitting, Long before, long upMillis) {
        if (before != null && upMillis - before >= SILENCE_MILLIS_MIN) {
            silences.wasSilent(sitting, upMillis - before);
        }
    }

    /**
     * What the page says of its machine's power.
     *
     * @param percent empty while it is plugged in, or the browser does not say
     */
    public void battery(long sitting, Optional<Integer> percent) {
        percent.ifPresentOrElse(
                left -> batteries.put(sitting, left), () -> batteries.remove(sitting));
    }

    /** Percent left, while the machine runs on its battery. */
    public Optional<Integer> battery(long sitting) {
        return Optional.ofNullable(batteries.get(sitting));
    }

    public OptionalLong millisAgo(long sitting, long upMillis) {
        Long at = seen.get(sitting);
        return at == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, upMillis - at));
    }
}
