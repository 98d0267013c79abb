package io.invigil.site.sync;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeInput;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.node.SyncTime;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.site.blob.BlobOutbox;
import io.invigil.site.pack.TrustedTime;
import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.core.CoreTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out what {@link NodeSync} decides: one thread with a connection of its own, reconnecting
 * with full jitter, reading the ledger beside the room. The room never waits for it and does not
 * notice when the centre is away (P8).
 */
public final class SyncDriver implements AutoCloseable {
    public static final int UNSENT_MAX = 256;
    public static final int TASKS_MAX = 64;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long TICK_MILLIS = 250;

    /** Reason code of MQTT 5 (fault row 25). */
    private static final int PACKET_TOO_LARGE = 0x95;

    private static final long RECONNECT_MILLIS_MIN = 500;
    private static final long RECONNECT_MILLIS_MAX = 30_000;
    private static final System.Logger LOG = System.getLogger(SyncDriver.class.getName());

    private final NodeSyncSettings settings;
    private final NodeSync sync;
    private final Ledger ledger;
    private final MqttConnector connector;
    private final Function<MqttEndpoint.Will, MqttEndpoint> endpoint;
    private final Path memoryFile;
    private final RoomTimeSource time;
    private final Listeners listeners;
    private final BlobOutbox blobs;
    private final SyncNews news;
    private final Entropy entropy;
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
    private final Deque<NodeEffect.Send> unsent = new ArrayDeque<>();
    private final Thread thread;
    private Optional<MqttPipe> pipe = Optional.empty();
    private long lastTick;
    private volatile boolean closed;

    /**
     * Who hears of what.
     *
     * @param command takes verified commands that sync does not carry out itself; must not wait
     * @param changed called after receipts advanced, for live pages
     */
    public record Listeners(
            SyncStatus status,
            CentreReceipts receipts,
            TrustedTime trusted,
            Consumer<SignedMessage> command,
            Runnable changed) {}

    /**
     * @param endpoint makes the endpoint of the running epoch, given the signed will
     * @param memoryFile receipts remembered over restarts
     * @param blobs what is offered to the centre, and read for it
     */
    public SyncDriver(
            NodeSyncSettings settings,
            ReceiptMemory memory,
            Ledger ledger,
            MqttConnector connector,
            Function<MqttEndpoint.Will, MqttEndpoint> endpoint,
            Path memoryFile,
            RoomTimeSource time,
            Supplier<NodeBelief> belief,
            BlobOutbox blobs,
            Listeners listeners) {
        this.settings = settings;
        this.sync = new NodeSync(settings, memory);
        this.ledger = ledger;
        this.connector = connector;
        this.endpoint = endpoint;
        this.memoryFile = memoryFile;
        this.time = time;
        this.blobs = blobs;
        this.news = new SyncNews(ledger, blobs, belief, settings.belief());
        this.listeners = listeners;
        this.entropy = settings.entropy();
        blobs.hubEpoch(memory.hubEpochSeen().number());
        memory.lanes()
                .forEach(
                        mark ->
                                listeners
                                        .receipts()
                                        .advanced(mark.epoch(), mark.lane(), mark.r1Seq()));
        this.thread = Thread.ofPlatform().name("sync").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Runs something with the state machine on its own thread, between two inputs. */
    public <T> CompletableFuture<T> call(Function<NodeSync, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean taken =
                !closed
                        && tasks.offer(
                                () -> {
                                    try {
                                        result.complete(work.apply(sync));
                                    } catch (RuntimeException failed) {
                                        result.completeExceptionally(failed);
                                    }
                                });
        if (!taken) {
            result.completeExceptionally(new IllegalStateException("sync takes no more tasks"));
        }
        return result;
    }

    /** A message from the hub by another carrier; verified like any other. */
    public CompletableFuture<Boolean> message(byte[] bytes) {
        boolean receipt =
                SignedMessage.decode(bytes)
                        .filter(message -> message.type() == MessageType.RECEIPT)
                        .isPresent();
        var kind = receipt ? Topics.DownKind.RECEIPT : Topics.DownKind.COMMAND;
        return call(
                s -> {
                    handle(new NodeInput.MessageReceived(kind, bytes));
                    return true;
                });
    }

    /** Records for a stick, straight from the ledger. */
    public List<FactRecord> read(NodeEffect.ReadRecords need) {
        return ledger.read(
                need.epoch(), need.lane(), need.fromSeq(), need.recordsMax(), need.bytesMax());
    }

    public SyncTime now() {
        CoreTime now = time.now();
        return new SyncTime(now.upMillis(), now.wallMillis(), now.boot());
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try {
                failures = converse() ? 0 : failures + 1;
                idle(pause(failures));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException broken) {
                // the exam goes on without; what is unsent is sent by the next connection
                LOG.log(System.Logger.Level.ERROR, "sync failed and starts anew", broken);
                listeners.status().failed("SYNC_FAILED", broken.getClass().getSimpleName());
                failures++;
                drop();
            }
        }
    }

    /** One connection from beginning to end; returns whether it ever was open. */
    private boolean converse() throws InterruptedException {
        try {
            String topic = Topics.up(settings.realm(), settings.node(), Topics.UpKind.STATE);
            MqttEndpoint.Will will = new MqttEndpoint.Will(topic, sync.will());
            pipe = Optional.of(connector.connect(endpoint.apply(will)));
        } catch (IOException unreachable) {
            listeners
                    .status()
                    .failed("BROKER_UNREACHABLE", String.valueOf(unreachable.getMessage()));
            return false;
        }
        listeners.status().connected(true);
        handle(new NodeInput.Connected());
        while (pipe.isPresent() && !closed) {
            Optional<MqttPipe.Event> event = pipe.get().poll(POLL);
            event.ifPresent(this::take);
            turn();
        }
        drop();
        return true;
    }

    private void take(MqttPipe.Event event) {
        switch (event) {
            case MqttPipe.Event.Message message -> {
                boolean receipt = message.topic().endsWith(Topics.DownKind.RECEIPT.path());
                var kind = receipt ? Topics.DownKind.RECEIPT : Topics.DownKind.COMMAND;
                handle(new NodeInput.MessageReceived(kind, message.payload()));
                pipe.ifPresent(open -> open.complete(message.token()));
            }
            case MqttPipe.Event.Acknowledged acknowledged -> sendWaiting();
            case MqttPipe.Event.RefusedByBroker refused -> {
                listeners.status().failed("BROKER_REFUSED", "" + refused.reasonCode());
                if (refused.reasonCode() == PACKET_TOO_LARGE) {
                    handle(new NodeInput.PacketTooLarge());
                }
            }
            case MqttPipe.Event.Lost lost -> {
                listeners.status().failed("BROKER_LOST", lost.reason());
                drop();
            }
        }
    }

    private void drop() {
        boolean open = pipe.isPresent();
        pipe.ifPresent(MqttPipe::close);
        pipe = Optional.empty();
        unsent.clear();
        listeners.status().connected(false);
        if (open) {
            handle(new NodeInput.Disconnected());
        }
    }

    /** What is done between events, connected or not. */
    private void turn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        long now = time.now().upMillis();
        if (now - lastTick >= TICK_MILLIS || now < lastTick) {
            lastTick = now;
            news.take(sync.pendingBlobs()).forEach(this::handle);
            listeners.status().waiting(sync.unreceipted());
        }
        sendWaiting();
    }

    private void handle(NodeInput input) {
        Deque<NodeInput> inputs = new ArrayDeque<>(List.of(input));
        while (!inputs.isEmpty()) {
            for (NodeEffect effect : sync.handle(now(), inputs.poll())) {
                carryOut(effect, inputs);
            }
        }
    }

    private void carryOut(NodeEffect effect, Deque<NodeInput> inputs) {
        switch (effect) {
            case NodeEffect.Send send -> {
                if (unsent.size() < UNSENT_MAX) {
                    unsent.add(send);
                }
                sendWaiting();
            }
            case NodeEffect.ReadRecords need ->
                    inputs.add(new NodeInput.RecordsRead(need, read(need)));
            case NodeEffect.ReadChunk chunk -> inputs.add(chunk(chunk));
            case NodeEffect.RememberReceipts remember -> {
                PrivateFiles.write(memoryFile, remember.memory());
                ReceiptMemory.decode(remember.memory()).ifPresent(this::heardTheHub);
            }
            case NodeEffect.ReceiptsAdvanced advanced -> {
                listeners.receipts().advanced(advanced.epoch(), advanced.lane(), advanced.r1Seq());
                listeners.status().receipt();
                listeners.changed().run();
            }
            case NodeEffect.BlobReceived received -> {
                blobs.received(received.blob());
                listeners.changed().run();
            }
            case NodeEffect.Command command -> listeners.command().accept(command.message());
            case NodeEffect.Flowing flowing -> listeners.status().flowing(flowing.flowing());
            case NodeEffect.Alarm alarm -> {
                LOG.log(System.Logger.Level.WARNING, "{0} {1}", alarm.code(), alarm.detail());
                listeners.status().alarm(alarm.code(), alarm.detail());
            }
        }
    }

    private NodeInput chunk(NodeEffect.ReadChunk need) {
        return blobs.chunk(need.blob(), need.index())
                .<NodeInput>map(bytes -> new NodeInput.ChunkRead(need.blob(), need.index(), bytes))
                .orElseGet(() -> new NodeInput.BlobGone(need.blob()));
    }

    /** The receipt was verified: its time is one that the hub signed. */
    private void heardTheHub(ReceiptMemory memory) {
        blobs.hubEpoch(memory.hubEpochSeen().number());
        SignedMessage.decode(memory.proof())
                .flatMap(message -> message.read(Receipt.class))
                .ifPresent(
                        receipt ->
                                listeners
                                        .trusted()
                                        .signed(Instant.ofEpochMilli(receipt.issuedAtMillis())));
    }

    private void sendWaiting() {
        while (pipe.isPresent() && !unsent.isEmpty()) {
            NodeEffect.Send send = unsent.peek();
            String topic = Topics.up(settings.realm(), settings.node(), send.kind());
            switch (pipe.get().publish(topic, send.bytes(), send.retained())) {
                case MqttPipe.Published.Sent sent -> unsent.poll();
                case MqttPipe.Published.WindowFull full -> {
                    return;
                }
                case MqttPipe.Published.Closed gone -> {
                    return;
                }
            }
        }
    }

    /** Between connections the state machine still ticks and tasks still run. */
    private void idle(long millis) throws InterruptedException {
        long end = time.now().upMillis() + millis;
        while (!closed && time.now().upMillis() < end) {
            turn();
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Full jitter: anywhere between the least pause and a limit that doubles. */
    private long pause(int failures) {
        long limit = Math.min(RECONNECT_MILLIS_MAX, RECONNECT_MILLIS_MIN << Math.min(failures, 10));
        long random = ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong() >>> 1;
        return RECONNECT_MILLIS_MIN / 2 + random % limit;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
