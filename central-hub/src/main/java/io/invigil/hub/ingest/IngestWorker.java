package io.invigil.hub.ingest;

import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubStoreUnavailable;
import io.invigil.protocol.hub.HubSync;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One connection to the broker and the state machine behind it: takes bundles of its shards, stores
 * a batch in one transaction, then completes the messages, then publishes receipts (XSP/1 section
 * 6). After any failure the connection is closed and opened anew with a fresh state machine; what
 * was not completed comes again.
 */
final class IngestWorker implements AutoCloseable {
    /** Messages decided in one transaction. */
    static final int BATCH_MAX = 48;

    /** Messages to nodes that wait for the broker's window; beyond, the oldest are dropped. */
    static final int OUTGOING_MAX = 4_096;

    static final Duration TICK = Duration.ofMillis(50);
    private static final long BACKOFF_FIRST_MILLIS = 200;
    private static final long BACKOFF_MAX_MILLIS = 10_000;
    private static final System.Logger LOG = System.getLogger(IngestWorker.class.getName());

    private final Realm realm;
    private final MqttConnector connector;
    private final MqttEndpoint endpoint;
    private final BatchHubStore store;
    private final Supplier<HubSync> machines;
    private final IngestListener listener;
    private final Clock clock;
    private final RandomGenerator random;
    private final BlockingQueue<HubEffect.Send> requested = new LinkedBlockingQueue<>(OUTGOING_MAX);
    private final BlockingQueue<HubInput> told = new LinkedBlockingQueue<>(OUTGOING_MAX);
    private final Deque<HubEffect.Send> outgoing = new ArrayDeque<>();
    private final Map<Long, MqttPipe.Token> tokens = new HashMap<>();
    private final Thread thread;
    private long messageNumber;
    private volatile boolean closing;
    private volatile boolean connected;

    IngestWorker(
            String name,
            Realm realm,
            MqttConnector connector,
            MqttEndpoint endpoint,
            BatchHubStore store,
            Supplier<HubSync> machines,
            IngestListener listener,
            Clock clock,
            RandomGenerator random) {
        this.realm = realm;
        this.connector = connector;
        this.endpoint = endpoint;
        this.store = store;
        this.machines = machines;
        this.listener = listener;
        this.clock = clock;
        this.random = random;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the broker is connected. */
    boolean connected() {
        return connected;
    }

    /** Publishes to a node soon; false when too much waits already. Any thread. */
    boolean send(HubEffect.Send message) {
        return requested.offer(message);
    }

    /** Gives the state machine something that came by no message. Any thread. */
    boolean tell(HubInput input) {
        return told.offer(input);
    }

    private void run() {
        long backoff = BACKOFF_FIRST_MILLIS;
        while (!closing) {
            try (MqttPipe pipe = connector.connect(endpoint)) {
                connected = true;
                backoff = BACKOFF_FIRST_MILLIS;
                serve(pipe);
            } catch (IOException | HubStoreUnavailable failure) {
                LOG.log(System.Logger.Level.WARNING, "ingest reconnects: " + failure.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException defect) {
                LOG.log(System.Logger.Level.ERROR, "ingest starts anew after a defect", defect);
            } finally {
                connected = false;
            }
            if (!closing) {
                // full jitter: many instances must not come back in step
                pause(random.nextLong(backoff) + 1);
                backoff = Math.min(BACKOFF_MAX_MILLIS, backoff * 2);
            }
        }
    }

    private void serve(MqttPipe pipe) throws InterruptedException {
        HubSync machine = machines.get();
        tokens.clear();
        outgoing.clear();
        while (!closing) {
            Optional<List<HubInput>> inputs = collect(pipe);
            if (inputs.isEmpty()) {
                return;
            }
            Decided decided = decide(machine, inputs.get());
            machine = decided.machine();
            for (HubEffect effect : decided.effects()) {
                if (!carryOut(pipe, effect)) {
                    return;
                }
            }
            requested.drainTo(outgoing);
            flush(pipe);
        }
    }

    /** What has come, and a tick; empty when the connection is gone. */
    private Optional<List<HubInput>> collect(MqttPipe pipe) throws InterruptedException {
        List<HubInput> inputs = new ArrayList<>();
        Duration wait = TICK;
        while (inputs.size() < BATCH_MAX) {
            Optional<MqttPipe.Event> event = pipe.poll(wait);
            if (event.isEmpty()) {
                break;
            }
            wait = Duration.ZERO;
            switch (event.get()) {
                case MqttPipe.Event.Message message -> received(pipe, message, inputs);
                case MqttPipe.Event.Lost lost -> {
                    LOG.log(System.Logger.Level.WARNING, "broker lost: " + lost.reason());
                    return Optional.empty();
                }
                case MqttPipe.Event.RefusedByBroker refused ->
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "broker refused a message: " + refused.reasonCode());
                case MqttPipe.Event.Acknowledged acknowledged -> flush(pipe);
            }
        }
        told.drainTo(inputs, BATCH_MAX);
        inputs.add(new HubInput.Tick());
        return Optional.of(inputs);
    }

    private void received(MqttPipe pipe, MqttPipe.Event.Message message, List<HubInput> inputs) {
        Optional<Topics.Up> up =
                Topics.parseUp(message.topic()).filter(topic -> topic.realm().equals(realm));
        if (up.isEmpty()) {
            // the broker's rules leave no such topic; taken off the queue, nothing to keep
            LOG.log(System.Logger.Level.WARNING, "message in a topic that is no node's");
            pipe.complete(message.token());
            return;
        }
        tokens.put(++messageNumber, message.token());
        inputs.add(
                new HubInput.Received(
                        messageNumber, up.get().node(), up.get().kind(), message.payload()));
    }

    private record Decided(HubSync machine, List<HubEffect> effects) {}

    private Decided decide(HubSync current, List<HubInput> inputs) {
        return store.together(
                attempt -> {
                    // a second attempt must not see what the first one left in the machine's memory
                    HubSync machine = attempt == 1 ? current : machines.get();
                    List<HubEffect> effects = new ArrayList<>();
                    for (HubInput input : inputs) {
                        long now = System.nanoTime() / 1_000_000;
                        effects.addAll(machine.handle(now, clock.millis(), input));
                    }
                    return new Decided(machine, effects);
                });
    }

    /** False when the connection must be opened anew. */
    private boolean carryOut(MqttPipe pipe, HubEffect effect) {
        switch (effect) {
            case HubEffect.Complete complete -> {
                MqttPipe.Token token = tokens.remove(complete.messageNumber());
                if (token != null) {
                    pipe.complete(token);
                }
            }
            case HubEffect.Send send -> {
                outgoing.addLast(send);
                if (outgoing.size() > OUTGOING_MAX) {
                    // whatever it was can be asked for again
                    outgoing.removeFirst();
                }
                flush(pipe);
            }
            case HubEffect.Apply apply -> listener.stored(apply.node());
            case HubEffect.NodeSeen seen -> listener.seen(seen.node(), seen.hello());
            case HubEffect.NodeGone gone -> listener.gone(gone.node());
            case HubEffect.BlobComplete complete -> listener.stored(complete.node());
            case HubEffect.HubEpochOpened opened -> listener.hubEpochOpened(opened.hubEpoch());
            case HubEffect.Alarm alarm -> listener.alarm(alarm);
            case HubEffect.ClosePipe close -> {
                LOG.log(System.Logger.Level.WARNING, "ingest pauses: " + close.reason());
                return false;
            }
        }
        return true;
    }

    private void flush(MqttPipe pipe) {
        while (!outgoing.isEmpty()) {
            HubEffect.Send send = outgoing.peekFirst();
            String topic = Topics.down(realm, send.node(), send.kind());
            if (!(pipe.publish(topic, send.bytes(), false) instanceof MqttPipe.Published.Sent)) {
                return;
            }
            outgoing.removeFirst();
            if (send.kind() == Topics.DownKind.RECEIPT) {
                listener.receipted(send.node());
            }
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the batch in hand finish. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
