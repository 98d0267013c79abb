package io.invigil.hub.ingest;

import io.invigil.hub.fleet.FleetWorld;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeInput;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.node.SyncTime;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.trust.TrustRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;

/** A node with its ledger in memory and the real state machine, over a real connection. */
final class SyncingNode implements AutoCloseable {
    final NodeId id;
    final EpochId epoch;
    private final NodeSync sync;
    private final MqttConnector connector;
    private final MqttEndpoint endpoint;
    private final Map<Lane, List<FactRecord>> ledger = new EnumMap<>(Lane.class);
    private final ConcurrentLinkedQueue<NodeInput> inputs = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final Entropy entropy;
    private long position;
    private volatile int bundleRecordsMax = Integer.MAX_VALUE;
    private volatile int pace = 1;
    private volatile boolean closing;
    private volatile long unreceipted;
    private volatile byte[] lastReceipt = new byte[0];
    private final Map<Lane, Long> inBackups = new ConcurrentHashMap<>();
    private final Map<Lane, Long> atHub = new ConcurrentHashMap<>();

    SyncingNode(
            String name,
            RealmKeys realm,
            FleetWorld.Box box,
            MqttConnector connector,
            String uri,
            SSLContext tls,
            Entropy entropy) {
        this.id = new NodeId(name);
        this.entropy = entropy;
        this.epoch = EpochId.random(entropy);
        this.connector = connector;
        NodeSyncSettings settings =
                new NodeSyncSettings(
                        realm.realm(),
                        id,
                        epoch,
                        box.record,
                        () -> BundleSeal.Hpke.to(realm.seal().getFirst().publicKey(), entropy),
                        () -> realm.seal().getFirst().publicKey(),
                        keyId ->
                                realm.trust().verifyKeys(TrustRole.RECEIPT).stream()
                                        .filter(key -> key.keyId().equals(keyId))
                                        .findFirst(),
                        new NodeBelief("", "test", "", List.of(), false, 1 << 30),
                        entropy);
        this.sync = new NodeSync(settings, ReceiptMemory.EMPTY);
        this.endpoint =
                MqttEndpoint.node(
                        uri,
                        name + ":" + epoch.hex().substring(0, 8),
                        Optional.of(tls),
                        List.of(Topics.downFilter(realm.realm(), id)),
                        Optional.empty());
        this.thread = Thread.ofPlatform().name("node-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Puts at most this many facts into a bundle, as a room does whose answers come one by one. */
    void limitBundles(int recordsMax) {
        bundleRecordsMax = recordsMax;
    }

    /**
     * Lets the node's own time run so many times faster, so that a test need not sit out the waits
     * before a resend. Before {@link #start}.
     */
    void hurry(int times) {
        pace = times;
    }

    /** Adds durable facts to a lane and tells of them. */
    void append(Lane lane, int count) {
        write(lane, count);
        tell(lane);
    }

    /** Adds durable facts to a lane; nothing is sent before {@link #tell}. */
    synchronized void write(Lane lane, int count) {
        List<FactRecord> records = ledger.computeIfAbsent(lane, l -> new ArrayList<>());
        for (int i = 0; i < count; i++) {
            var previous =
                    records.isEmpty()
                            ? FactRecord.genesis(
                                    Suite.ED25519_X25519_AES256GCM,
                                    FleetWorld.REALM,
                                    id,
                                    epoch,
                                    lane)
                            : records.getLast().hash();
            String json = "{\"t\":\"note\",\"n\":" + (records.size() + 1) + "}";
            records.add(
                    FactRecord.chained(
                            epoch,
                            lane,
                            records.size() + 1,
                            ++position,
                            entropy.bytes(FactRecord.SALT_BYTES),
                            json.getBytes(StandardCharsets.UTF_8),
                            previous));
        }
    }

    /** Lets the state machine know of what was written. */
    synchronized void tell(Lane lane) {
        FactRecord last = ledger.get(lane).getLast();
        unreceipted = Long.MAX_VALUE;
        inputs.add(
                new NodeInput.HeadsAdvanced(
                        List.of(new LaneHead(epoch, lane, last.seq(), last.hash()))));
    }

    synchronized List<FactRecord> records(Lane lane) {
        return List.copyOf(ledger.getOrDefault(lane, List.of()));
    }

    /** Whether a receipt covers everything appended. */
    boolean isReceipted() {
        return inputs.isEmpty() && unreceipted == 0;
    }

    /** The last receipt as it came. */
    byte[] lastReceipt() {
        return lastReceipt;
    }

    /** Up to where verified receipts say that a lane is stored. */
    long receiptedR1(Lane lane) {
        return atHub.getOrDefault(lane, 0L);
    }

    /** Up to where verified receipts say that a lane is in a second place too. */
    long receiptedR2(Lane lane) {
        return inBackups.getOrDefault(lane, 0L);
    }

    private void run() {
        while (!closing) {
            try (MqttPipe pipe = connector.connect(endpoint)) {
                Deque<NodeInput> own = new ArrayDeque<>();
                own.add(new NodeInput.Connected());
                serve(pipe, own);
                handle(pipe, new NodeInput.Disconnected(), own);
            } catch (IOException refused) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(MqttPipe pipe, Deque<NodeInput> own) throws InterruptedException {
        while (!closing) {
            Optional<MqttPipe.Event> event = pipe.poll(Duration.ofMillis(10));
            if (event.isPresent()) {
                if (event.get() instanceof MqttPipe.Event.Lost) {
                    return;
                }
                if (event.get() instanceof MqttPipe.Event.Message message) {
                    boolean receipt = message.topic().endsWith("/dn/rcpt");
                    if (receipt) {
                        lastReceipt = message.payload();
                    }
                    own.add(
                            new NodeInput.MessageReceived(
                                    receipt ? Topics.DownKind.RECEIPT : Topics.DownKind.COMMAND,
                                    message.payload()));
                    pipe.complete(message.token());
                }
            }
            for (NodeInput input = inputs.poll(); input != null; input = inputs.poll()) {
                own.add(input);
            }
            own.add(new NodeInput.Tick());
            while (!own.isEmpty()) {
                handle(pipe, own.poll(), own);
            }
            unreceipted = inputs.isEmpty() ? sync.unreceipted() : Long.MAX_VALUE;
        }
    }

    private void handle(MqttPipe pipe, NodeInput input, Deque<NodeInput> more) {
        SyncTime time =
                new SyncTime(
                        System.nanoTime() / 1_000_000 * pace, System.currentTimeMillis(), "boot");
        for (NodeEffect effect : sync.handle(time, input)) {
            switch (effect) {
                case NodeEffect.Send send ->
                        pipe.publish(
                                Topics.up(FleetWorld.REALM, id, send.kind()),
                                send.bytes(),
                                send.retained());
                case NodeEffect.ReadRecords read ->
                        more.add(new NodeInput.RecordsRead(read, read(read)));
                case NodeEffect.ReceiptsAdvanced advanced -> {
                    atHub.put(advanced.lane(), advanced.r1Seq());
                    inBackups.put(advanced.lane(), advanced.r2Seq());
                }
                default -> {}
            }
        }
    }

    private synchronized List<FactRecord> read(NodeEffect.ReadRecords request) {
        List<FactRecord> found = new ArrayList<>();
        int bytes = 0;
        List<FactRecord> all = ledger.getOrDefault(request.lane(), List.of());
        int max = Math.min(request.recordsMax(), bundleRecordsMax);
        // the record of number n stands at n - 1
        for (FactRecord record :
                all.subList((int) Math.min(request.fromSeq() - 1, all.size()), all.size())) {
            if (found.size() == max
                    || (!found.isEmpty() && bytes + record.json().length > request.bytesMax())) {
                break;
            }
            found.add(record);
            bytes += record.json().length;
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
