package io.invigil.site.room;

import io.invigil.exam.room.StampedFact;
import io.invigil.site.room.core.RoomState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells listeners on a thread of its own, so that no slow page holds up the ledger. What does not
 * fit the queue is left out and said to be.
 */
final class RoomNotifier implements AutoCloseable {
    static final int QUEUE_MAX = 4_096;

    private static final System.Logger LOG = System.getLogger(RoomNotifier.class.getName());

    private final List<RoomListener> listeners;
    private final ArrayBlockingQueue<Publication> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicBoolean gap = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    private record Publication(RoomState state, List<StampedFact> facts) {}

    RoomNotifier(List<RoomListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.thread = Thread.ofPlatform().name("room-notifier").daemon().start(this::run);
    }

    void published(RoomState state, List<StampedFact> facts) {
        if (!queue.offer(new Publication(state, facts))) {
            gap.set(true);
        }
    }

    private void run() {
        List<Publication> taken = new ArrayList<>();
        while (!closed) {
            try {
                Publication first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    taken.add(first);
                    queue.drainTo(taken, QUEUE_MAX);
                    tell(taken);
                    taken.clear();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void tell(List<Publication> taken) {
        List<StampedFact> facts = new ArrayList<>();
        taken.forEach(publication -> facts.addAll(publication.facts()));
        RoomState newest = taken.get(taken.size() - 1).state();
        boolean missed = gap.getAndSet(false);
        for (RoomListener listener : listeners) {
            try {
                listener.published(newest, List.copyOf(facts), missed);
            } catch (RuntimeException broken) {
                // one broken page must not keep the others in the dark
                LOG.log(System.Logger.Level.ERROR, "a listener of the room failed", broken);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
