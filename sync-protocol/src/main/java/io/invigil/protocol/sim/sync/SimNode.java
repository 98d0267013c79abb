package io.invigil.protocol.sim.sync;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeInput;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.PurgeRules;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.node.SyncTime;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One node: a process around {@link NodeSync}, and a disk that outlives it. */
final class SimNode {
    private static final long TICK_MILLIS = 250;
    private static final int CHUNK_BYTES = BlobManifest.CHUNK_BYTES_MIN;

    private record Blob(BlobManifest manifest, byte[] content) {}

    final NodeId id;
    final String name;
    private final SimWorld world;
    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();

    SimLedger ledger;
    byte[] memory = ReceiptMemory.EMPTY.encode();
    Optional<NodeSync> sync = Optional.empty();
    long wallOffset;
    private boolean connected;
    private long partitionedUntil;
    private int life;

    SimNode(SimWorld world, NodeId id, String name) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.ledger = new SimLedger(SimWorld.REALM, id);
    }

    /** A second machine from a copy of this one's disk (row 46). */
    SimNode cloned(String cloneName) {
        SimNode clone = new SimNode(world, id, cloneName);
        clone.ledger = ledger.copy();
        clone.memory = memory;
        clone.blobs.putAll(blobs);
        return clone;
    }

    boolean reachable() {
        return connected && world.time.now() >= partitionedUntil;
    }

    void start() {
        if (sync.isPresent()) {
            return;
        }
        life++;
        Optional<EpochId> parent = ledger.lastEpoch();
        EpochId epoch = EpochId.random(world.random.entropy());
        ledger.open(epoch);
        String opened =
                "{\"t\":\"epoch-opened\",\"epoch\":\""
                        + epoch
                        + "\",\"parent\":\""
                        + parent.map(EpochId::hex).orElse("")
                        + "\",\"reason\":\"start\"}";
        ledger.append(Lane.CTL, opened.getBytes(StandardCharsets.UTF_8), world.random.entropy());
        world.seen.acknowledged(this, ledger.force());
        sync =
                Optional.of(
                        new NodeSync(
                                world.nodeSettings(id, epoch),
                                ReceiptMemory.decode(memory).orElse(ReceiptMemory.EMPTY)));
        input(new NodeInput.HeadsAdvanced(ledger.heads()));
        blobs.values().forEach(blob -> input(new NodeInput.BlobAdded(blob.manifest())));
        tick(life);
        connectSoon();
    }

    void kill() {
        life++;
        sync = Optional.empty();
        connected = false;
        ledger.crash();
    }

    /** The cable is out: nothing arrives, and only later the connection is found lost. */
    void partition(long millis) {
        partitionedUntil = world.time.now() + millis;
        int then = life;
        world.time.in(
                Math.min(millis, world.random.between(500, 12_000)),
                () -> {
                    if (life == then) {
                        lost();
                    }
                });
    }

    void endPartition() {
        partitionedUntil = 0;
    }

    void lost() {
        if (connected) {
            connected = false;
            input(new NodeInput.Disconnected());
            connectSoon();
        }
    }

    void receive(DownKind kind, byte[] bytes) {
        input(new NodeInput.MessageReceived(kind, bytes));
    }

    /** Things happen in the room; they count as acknowledged once they are forced. */
    void work(int facts) {
        if (sync.isEmpty()) {
            return;
        }
        Set<LaneKey> touched = new LinkedHashSet<>();
        for (int i = 0; i < facts; i++) {
            Lane lane = world.random.pick(List.of(Lane.values()));
            FactRecord record = ledger.append(lane, world.nextFact(), world.random.entropy());
            touched.add(new LaneKey(record.epoch(), lane));
        }
        int then = life;
        world.time.in(
                world.random.between(1, 15),
                () -> {
                    if (life == then) {
                        world.seen.acknowledged(this, ledger.force());
                        List<LaneHead> heads = touched.stream().map(ledger::head).toList();
                        input(new NodeInput.HeadsAdvanced(heads));
                    }
                });
    }

    void photograph() {
        byte[] content = world.random.entropy().bytes(1 + world.random.below(60_000));
        var manifest = BlobManifest.of(content, "image/jpeg", CHUNK_BYTES);
        blobs.put(manifest.sha256(), new Blob(manifest, content));
        world.seen.blobs.put(manifest.sha256(), id);
        input(new NodeInput.BlobAdded(manifest));
    }

    /** Deletes old epochs as far as the rules allow, months later. */
    void purge() {
        if (sync.isEmpty()) {
            return;
        }
        for (EpochId epoch : ledger.epochs()) {
            if (epoch.equals(ledger.lastEpoch().orElseThrow()) || !mayPurge(epoch)) {
                continue;
            }
            world.seen.purged(world, this, epoch);
            ledger.purge(epoch);
            input(new NodeInput.EpochPurged(epoch));
        }
    }

    private boolean mayPurge(EpochId epoch) {
        NodeSync running = sync.orElseThrow();
        if (world.mutation == Mutation.PURGE_ON_R1) {
            return Arrays.stream(Lane.values())
                    .map(lane -> new LaneKey(epoch, lane))
                    .allMatch(
                            key ->
                                    running.marks(key)
                                            .filter(m -> m.r1Seq() == ledger.head(key).seq())
                                            .isPresent());
        }
        return running.mayPurge(epoch, true, Duration.ofDays(31)) == PurgeRules.Permission.ALLOWED;
    }

    private void connectSoon() {
        int then = life;
        world.time.in(
                world.random.between(100, 3_000),
                () -> {
                    if (life != then || connected) {
                        return;
                    }
                    if (world.time.now() < partitionedUntil) {
                        connectSoon();
                    } else {
                        connected = true;
                        input(new NodeInput.Connected());
                    }
                });
    }

    private void tick(int ofLife) {
        if (life == ofLife) {
            if (world.mutation != Mutation.NEVER_RESEND) {
                input(new NodeInput.Tick());
            }
            world.time.in(TICK_MILLIS, () -> tick(ofLife));
        }
    }

    SyncTime syncTime() {
        long now = world.time.now();
        return new SyncTime(now, SimWorld.WALL_START + now + wallOffset, "boot-" + life);
    }

    private void input(NodeInput input) {
        if (sync.isEmpty()) {
            return;
        }
        int then = life;
        List<NodeEffect> effects = sync.get().handle(syncTime(), input);
        for (NodeEffect effect : effects) {
            if (life == then) {
                perform(effect);
            }
        }
    }

    private void perform(NodeEffect effect) {
        switch (effect) {
            case NodeEffect.Send send -> {
                if (reachable()) {
                    world.broker.up(id, send.kind(), send.bytes(), send.retained());
                }
            }
            case NodeEffect.ReadRecords read -> later(() -> answer(read));
            case NodeEffect.ReadChunk read -> later(() -> answer(read));
            case NodeEffect.RememberReceipts remember -> later(() -> memory = remember.memory());
            case NodeEffect.ReceiptsAdvanced advanced ->
                    world.seen.receiptsAdvanced(world, this, advanced);
            case NodeEffect.BlobReceived received -> blobs.remove(received.blob());
            case NodeEffect.Command command -> {}
            case NodeEffect.Flowing flowing -> {}
            case NodeEffect.Alarm alarm -> world.seen.nodeAlarm(alarm);
        }
    }

    private void later(Runnable action) {
        int then = life;
        world.time.in(
                world.random.between(0, 10),
                () -> {
                    if (life == then) {
                        action.run();
                    }
                });
    }

    private void answer(NodeEffect.ReadRecords read) {
        var key = new LaneKey(read.epoch(), read.lane());
        var rows = new ArrayList<>(ledger.read(key, read.fromSeq(), read.recordsMax()));
        input(new NodeInput.RecordsRead(read, rows));
    }

    private void answer(NodeEffect.ReadChunk read) {
        Blob blob = blobs.get(read.blob());
        if (blob == null) {
            input(new NodeInput.BlobGone(read.blob()));
            return;
        }
        int from = (int) read.offset();
        byte[] chunk = Arrays.copyOfRange(blob.content(), from, from + read.length());
        input(new NodeInput.ChunkRead(read.blob(), read.index(), chunk));
    }
}
