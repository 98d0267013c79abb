package io.invigil.hub.ingest;

import io.invigil.appliance.web.live.Broadcast;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneHead;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Carries the news of ingest on: wakes projections, keeps what the live page shows, writes alarms
 * and sightings from a thread of its own so that no worker waits for them. Thread-safe.
 */
public final class IngestEvents implements IngestListener, AutoCloseable {
    public static final int QUEUE_MAX = 2_000;

    /** The live page is told of one node at most once in this time. */
    private static final long TELL_MILLIS = 500;

    private static final System.Logger LOG = System.getLogger(IngestEvents.class.getName());

    private final Runnable wakeProjections;
    private final Broadcast broadcast;
    private final AlarmStore alarms;
    private final Clock clock;
    private final BlockingQueue<Runnable> writes = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Map<NodeId, Live> live = new ConcurrentHashMap<>();
    private final Map<NodeId, Long> told = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final Thread writer = Thread.ofPlatform().name("ingest-events").unstarted(this::run);
    private volatile BiConsumer<NodeId, String> onSeen = (node, software) -> {};
    private volatile Consumer<NodeId> onGone = node -> {};
    private volatile boolean closing;

    /**
     * What is known of a node beyond the database.
     *
     * @param heads its own word of its last records, by its last Hello
     */
    public record Live(Optional<Instant> lastReceipt, List<LaneHead> heads, long freeBytes) {
        static final Live NONE = new Live(Optional.empty(), List.of(), -1);
    }

    public IngestEvents(
            Runnable wakeProjections, Broadcast broadcast, AlarmStore alarms, Clock clock) {
        this.wakeProjections = wakeProjections;
        this.broadcast = broadcast;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Who writes down that a node was seen or is gone; before {@link #start}. */
    public void sightings(BiConsumer<NodeId, String> seen, Consumer<NodeId> gone) {
        onSeen = seen;
        onGone = gone;
    }

    public void start() {
        writer.start();
    }

    /** What is known of a node. */
    public Live of(NodeId node) {
        return live.getOrDefault(node, Live.NONE);
    }

    /** News that could not be written because too many waited. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void stored(NodeId node) {
        wakeProjections.run();
        tell(node);
    }

    @Override
    public void seen(NodeId node, Hello hello) {
        live.merge(
                node,
                new Live(Optional.empty(), hello.heads(), hello.belief().freeBytes()),
                (old, now) -> new Live(old.lastReceipt(), now.heads(), now.freeBytes()));
        write(() -> onSeen.accept(node, hello.belief().software()));
        tell(node);
    }

    @Override
    public void gone(NodeId node) {
        write(() -> onGone.accept(node));
        tell(node);
    }

    @Override
    public void receipted(NodeId node) {
        Instant now = clock.instant();
        live.merge(
                node,
                new Live(Optional.of(now), List.of(), -1),
                (old, fresh) -> new Live(Optional.of(now), old.heads(), old.freeBytes()));
        tell(node);
    }

    @Override
    public void alarm(HubEffect.Alarm alarm) {
        LOG.log(
                System.Logger.Level.WARNING,
                "alarm " + alarm.code() + " of " + alarm.node() + ": " + alarm.detail());
        write(() -> alarms.add(alarm));
        broadcast.publish("ingest-alarm", alarm.code().name());
    }

    @Override
    public void hubEpochOpened(HubEpoch hubEpoch) {
        LOG.log(System.Logger.Level.WARNING, "this hub was restored: epoch " + hubEpoch);
    }

    private void tell(NodeId node) {
        long now = clock.millis();
        Long last = told.get(node);
        if (last == null || now - last >= TELL_MILLIS || now < last) {
            told.put(node, now);
            broadcast.publish("node-changed", node.value());
        }
    }

    private void write(Runnable work) {
        if (!writes.offer(work)) {
            dropped.increment();
        }
    }

    private void run() {
        while (!closing || !writes.isEmpty()) {
            try {
                Runnable work = writes.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS);
                if (work != null) {
                    work.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                // an alarm that cannot be written is in the log already
                LOG.log(System.Logger.Level.WARNING, "news of ingest was not written", failure);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
