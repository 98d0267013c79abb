package io.invigil.protocol.sim.sync;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.hub.BlobFiles;
import io.invigil.protocol.hub.HubDirectory;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSettings;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.hub.NodeStanding;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.NodeBelief;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything of one run: its parts, its keys and what connects them. */
final class SimWorld {
    static final Realm REALM = new Realm("sim");
    static final long WALL_START = 1_795_000_000_000L;

    final SimRandom random;
    final SimTimeline time = new SimTimeline();
    final SimFaults faults;
    final Mutation mutation;
    final SimSeen seen = new SimSeen();
    final List<SimNode> nodes = new ArrayList<>();
    final List<SimHub> hubs = new ArrayList<>();
    final MemoryHubStore store;
    final SimBroker broker = new SimBroker(this);
    final SimSticks sticks = new SimSticks(this);
    final SigningKey forgerKey;

    /** What the last verified backup holds: R2. */
    MemoryHubStore.State verifiedBackup;

    /** Used by {@link Mutation#ASYNC_COMMIT} only. */
    MemoryHubStore.State lastFlush;

    long hubWallOffset;
    private final SigningKey hubKey;
    private final SealKey hubSeal;
    private final BundleSeal.Sealer sealer;
    private final BundleSeal.Opener opener;
    private final Map<NodeId, SigningKey> nodeKeys = new LinkedHashMap<>();
    private final Map<NodeId, NodeStanding> standings = new HashMap<>();
    private final Map<String, byte[]> staged = new HashMap<>();
    private long lastFact;

    SimWorld(long seed, Mutation mutation) {
        this.random = new SimRandom(seed);
        this.faults = new SimFaults(random);
        this.mutation = mutation;
        this.hubKey = SigningKey.generate(random.entropy());
        this.forgerKey = SigningKey.generate(random.entropy());
        this.hubSeal = SealKey.generate(random.entropy());
        if (faults.realSeal) {
            this.sealer = BundleSeal.Hpke.to(hubSeal.publicKey(), random.entropy());
            this.opener = BundleSeal.Hpke.with(List.of(hubSeal));
        } else {
            SimSeal seal = new SimSeal(random.entropy());
            this.sealer = seal;
            this.opener = seal;
        }
        HubEpoch first = HubEpoch.first(random.entropy());
        this.store =
                mutation == Mutation.KEEP_HUB_EPOCH
                        ? MemoryHubStore.keepingHubEpoch(first)
                        : new MemoryHubStore(first, mutation != Mutation.DROP_DEDUPE);
        this.verifiedBackup = store.backup();
        this.lastFlush = verifiedBackup;
        int count = 1 + random.below(3);
        for (int i = 0; i < count; i++) {
            NodeId id = new NodeId("node-" + i);
            SigningKey key = SigningKey.generate(random.entropy());
            nodeKeys.put(id, key);
            standings.put(
                    id,
                    new NodeStanding(
                            "site-" + i,
                            Set.of("exam"),
                            List.of(KeyStanding.good(key.verifyKey()))));
            nodes.add(new SimNode(this, id, id.value()));
        }
        hubs.add(new SimHub(this));
        if (random.chance(0.4)) {
            hubs.add(new SimHub(this));
        }
    }

    /** The next fact of the room, with an identity of its own. */
    byte[] nextFact() {
        lastFact++;
        String padding = "x".repeat(random.below(200));
        String json =
                "{\"t\":\"sim\",\"exam\":\"exam\",\"id\":"
                        + lastFact
                        + ",\"p\":\""
                        + padding
                        + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** What makes a record one fact for the projection. */
    static String identity(FactRecord record) {
        return record.hash().hex();
    }

    long hubWall() {
        return WALL_START + time.now() + hubWallOffset;
    }

    HubSettings hubSettings() {
        HubDirectory directory = node -> Optional.ofNullable(standings.get(node));
        return new HubSettings(
                REALM,
                "hub",
                hubKey,
                keyId ->
                        keyId.equals(hubKey.verifyKey().keyId())
                                ? Optional.of(hubKey.verifyKey())
                                : Optional.empty(),
                opener,
                List.of(hubSeal),
                directory,
                store,
                new Files(),
                random.entropy());
    }

    NodeSyncSettings nodeSettings(NodeId id, EpochId epoch) {
        var site = standings.get(id).site();
        return new NodeSyncSettings(
                REALM,
                id,
                epoch,
                nodeKeys.get(id),
                () -> sealer,
                hubSeal::publicKey,
                keyId -> {
                    if (mutation == Mutation.SKIP_RECEIPT_CHECK
                            && keyId.equals(forgerKey.verifyKey().keyId())) {
                        return Optional.of(forgerKey.verifyKey());
                    }
                    return keyId.equals(hubKey.verifyKey().keyId())
                            ? Optional.of(hubKey.verifyKey())
                            : Optional.empty();
                },
                new NodeBelief(site, "sim", "", List.of(), false, 1_000_000),
                random.entropy());
    }

    /** A backup was checked: what it holds has grade R2 from now on. */
    void verified(MemoryHubStore.State backup) {
        verifiedBackup = backup;
        List<SimHub> up = hubs.stream().filter(SimHub::isUp).toList();
        if (up.isEmpty()) {
            return;
        }
        for (NodeId id : nodeKeys.keySet()) {
            Map<LaneKey, Long> through = new LinkedHashMap<>();
            backup.lanes.forEach(
                    (lane, cursor) -> {
                        if (lane.node().equals(id)) {
                            through.put(lane.key(), cursor.ackSeq());
                        }
                    });
            random.pick(up).handle(new HubInput.Covered(id, through));
        }
    }

    /** Whether everything durable at the nodes is received and linked, and told so. */
    boolean settled() {
        return nodes.stream().allMatch(this::settled);
    }

    private boolean settled(SimNode node) {
        boolean home =
                node.ledger.allDurable().stream()
                        .allMatch(
                                row ->
                                        store.lane(node.id, new LaneKey(row.epoch(), row.lane()))
                                                .filter(c -> c.ackSeq() >= row.seq())
                                                .isPresent());
        boolean told =
                node.sync.isPresent()
                        && node.ledger.heads().stream()
                                .allMatch(head -> told(node, node.sync.get(), head));
        return home && told && node.sync.map(s -> s.pendingBlobs() == 0).orElse(false);
    }

    /**
     * A disk with less than the hub holds (a clone's, an old image) cannot check the hub's word.
     */
    private boolean told(SimNode node, NodeSync sync, LaneHead head) {
        boolean hubHasMore =
                store.lane(node.id, head.key()).filter(c -> c.ackSeq() > head.seq()).isPresent();
        return hubHasMore
                || sync.marks(head.key()).filter(m -> m.r1Seq() == head.seq()).isPresent();
    }

    /** What is not home, for the report. */
    String unsettled() {
        StringBuilder text = new StringBuilder();
        for (SimNode node : nodes) {
            if (settled(node)) {
                continue;
            }
            text.append(node.name);
            node.sync.ifPresent(
                    s ->
                            text.append(" flowing ")
                                    .append(s.flowing())
                                    .append(" unreceipted ")
                                    .append(s.unreceipted())
                                    .append(" blobs ")
                                    .append(s.pendingBlobs()));
            for (LaneHead head : node.ledger.heads()) {
                String hub =
                        store.lane(node.id, head.key())
                                .map(c -> c.ackSeq() + "+" + c.ranges().size())
                                .orElse("-");
                String told =
                        node.sync
                                .flatMap(s -> s.marks(head.key()))
                                .map(m -> "" + m.r1Seq())
                                .orElse("-");
                if (!hub.equals(head.seq() + "+0") && head.seq() > 0
                        || !told.equals("" + head.seq())) {
                    text.append(' ').append(head.key()).append(' ').append(head.seq());
                    text.append(" hub ").append(hub).append(" told ").append(told).append(';');
                }
            }
            text.append(' ');
        }
        return text.toString();
    }

    private final class Files implements BlobFiles {
        @Override
        public void stage(NodeId node, BlobManifest manifest, int index, byte[] chunk) {
            byte[] file =
                    staged.computeIfAbsent(
                            node + "/" + manifest.sha256(),
                            any -> new byte[(int) manifest.length()]);
            System.arraycopy(chunk, 0, file, (int) manifest.offset(index), chunk.length);
        }

        @Override
        public boolean complete(NodeId node, BlobManifest manifest) {
            byte[] file = staged.get(node + "/" + manifest.sha256());
            return file != null && Digest.sha256(file).equals(manifest.sha256());
        }

        @Override
        public boolean holds(NodeId node, BlobManifest manifest) {
            return staged.containsKey(node + "/" + manifest.sha256());
        }
    }
}
