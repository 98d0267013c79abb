package io.invigil.site.technician;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the technician must know, newest last; bounded. Thread-safe and quick. */
public final class NodeAlarms {
    public static final int KEPT_MAX = 200;
    private static final System.Logger LOG = System.getLogger(NodeAlarms.class.getName());

    private final Clock clock;
    private final Deque<Raised> kept = new ArrayDeque<>();

    public NodeAlarms(Clock clock) {
        this.clock = clock;
    }

    /** The detail holds no personal data and no secret. */
    public record Raised(Instant at, String code, String detail) {}

    public void raise(String code, String detail) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1}", code, detail);
        synchronized (kept) {
            kept.addLast(new Raised(clock.instant(), code, detail));
            if (kept.size() > KEPT_MAX) {
                kept.removeFirst();
            }
        }
    }

    public List<Raised> list() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }
}
