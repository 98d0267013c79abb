package io.invigil.appliance.web.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Sends events to every connected browser. {@link #publish} never waits for a client: each has a
 * bounded queue, and one that does not keep up is cut off and comes back with its {@code
 * Last-Event-ID}. What it missed is repeated from a bounded history; when that is not enough it
 * gets one event {@value #RELOAD} and loads its parts anew. Thread-safe.
 */
public final class Broadcast implements AutoCloseable {
    public static final int QUEUE_MAX = 256;
    public static final int HISTORY_MAX = 512;
    public static final int CLIENTS_MAX = 2_000;
    public static final int DATA_CHARS_MAX = 64 * 1024;
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);
    public static final String RELOAD = "reload";

    private final Duration heartbeat;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Deque<Event> history = new ArrayDeque<>();
    private final String run;
    private long last;
    private volatile boolean closed;

    /** One event; the id grows by one each. */
    public record Event(long id, String name, String data) {}

    /** Where the events of one client go; throws when the client is gone. */
    public interface Sink {
        void event(String id, String name, String data);

        void heartbeat();
    }

    /**
     * @param run differs at every start of the server, so that ids of a former run are not taken
     *     for ours
     */
    public Broadcast(String run) {
        this(run, HEARTBEAT);
    }

    Broadcast(String run, Duration heartbeat) {
        if (!run.matches("[A-Za-z0-9]{1,32}")) {
            throw new IllegalArgumentException("not a run id: " + run);
        }
        this.run = run;
        this.heartbeat = heartbeat;
    }

    /**
     * @param name DOM event name, {@code [a-z0-9-]}
     * @param data text for the page; by convention short, the page asks for what it shows
     */
    public void publish(String name, String data) {
        if (!name.matches("[a-z][a-z0-9-]{0,40}") || data.length() > DATA_CHARS_MAX) {
            throw new IllegalArgumentException("not an event: " + name);
        }
        synchronized (history) {
            Event event = new Event(++last, name, data);
            history.addLast(event);
            if (history.size() > HISTORY_MAX) {
                history.removeFirst();
            }
            clients.forEach(client -> client.offer(event));
        }
    }

    /**
     * Serves one client on the calling thread until it is gone, too slow, or the broadcast closes.
     *
     * @param lastEventId what the browser sent as {@code Last-Event-ID}
     * @return false when there are {@link #CLIENTS_MAX} clients already
     */
    public boolean serve(Optional<String> lastEventId, Predicate<Event> wanted, Sink sink)
            throws InterruptedException {
        Client client = new Client(wanted);
        synchronized (history) {
            if (closed || clients.size() >= CLIENTS_MAX) {
                return false;
            }
            client.offerAll(missed(lastEventId));
            clients.add(client);
        }
        try {
            sink.heartbeat();
            while (true) {
                List<Event> events = client.take(heartbeat);
                if (client.ended) {
                    return true;
                }
                for (Event event : events) {
                    sink.event(run + "." + event.id, event.name, event.data);
                }
                if (events.isEmpty()) {
                    sink.heartbeat();
                }
            }
        } finally {
            clients.remove(client);
        }
    }

    private List<Event> missed(Optional<String> lastEventId) {
        if (lastEventId.isEmpty()) {
            return List.of();
        }
        String[] parts = lastEventId.get().split("\\.", 2);
        if (parts.length == 2 && parts[0].equals(run) && parts[1].matches("\\d{1,18}")) {
            long seen = Long.parseLong(parts[1]);
            boolean complete =
                    history.isEmpty() ? seen == last : history.peekFirst().id <= seen + 1;
            if (complete && seen <= last) {
                List<Event> missed = history.stream().filter(e -> e.id > seen).toList();
                if (missed.size() <= QUEUE_MAX) {
                    return missed;
                }
            }
        }
        return List.of(new Event(last, RELOAD, ""));
    }

    public int clients() {
        return clients.size();
    }

    /** Ends all connections; the browsers come back by themselves. */
    @Override
    public void close() {
        synchronized (history) {
            closed = true;
            clients.forEach(Client::end);
        }
    }

    private static final class Client {
        private final Predicate<Event> wanted;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final List<Event> queue = new ArrayList<>();
        private volatile boolean ended;

        Client(Predicate<Event> wanted) {
            this.wanted = wanted;
        }

        void offerAll(List<Event> events) {
            events.forEach(this::offer);
        }

        void offer(Event event) {
            if (!event.name.equals(RELOAD) && !wanted.test(event)) {
                return;
            }
            lock.lock();
            try {
                if (queue.size() == QUEUE_MAX) {
                    ended = true;
                } else {
                    queue.add(event);
                }
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        List<Event> take(Duration atMost) throws InterruptedException {
            lock.lock();
            try {
                long nanos = atMost.toNanos();
                while (queue.isEmpty() && !ended && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
                List<Event> events = List.copyOf(queue);
                queue.clear();
                return events;
            } finally {
                lock.unlock();
            }
        }
    }
}
