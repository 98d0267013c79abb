package io.invigil.site.sync;

import io.invigil.protocol.node.NodeAlarm;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** How the way to the centre is doing, for pages. Thread-safe. */
public final class SyncStatus {
    public static final int ALARMS_MAX = 50;

    private final Clock clock;
    private final Deque<Noted> alarms = new ArrayDeque<>();
    private boolean connected;
    private boolean flowing;
    private long waiting;
    private Optional<Instant> lastReceipt = Optional.empty();
    private Optional<Noted> lastFailure = Optional.empty();

    public SyncStatus(Clock clock) {
        this.clock = clock;
    }

    /** Something noted; the detail holds no personal data. */
    public record Noted(Instant at, String code, String detail) {}

    /**
     * JSON of the page.
     *
     * @param connected to the broker
     * @param flowing the hub has answered on this connection
     * @param waiting records that no verified receipt covers
     */
    public record View(
            boolean connected,
            boolean flowing,
            long waiting,
            Optional<Instant> lastReceipt,
            Optional<Noted> lastFailure,
            List<Noted> alarms) {}

    public synchronized View view() {
        return new View(connected, flowing, waiting, lastReceipt, lastFailure, List.copyOf(alarms));
    }

    synchronized void connected(boolean now) {
        connected = now;
        flowing = flowing && now;
    }

    synchronized void flowing(boolean now) {
        flowing = now;
    }

    synchronized void waiting(long records) {
        waiting = records;
    }

    synchronized void receipt() {
        lastReceipt = Optional.of(clock.instant());
    }

    synchronized void failed(String code, String detail) {
        lastFailure = Optional.of(new Noted(clock.instant(), code, detail));
    }

    synchronized void alarm(NodeAlarm code, String detail) {
        alarms.addLast(new Noted(clock.instant(), code.name(), detail));
        if (alarms.size() > ALARMS_MAX) {
            alarms.removeFirst();
        }
    }
}
