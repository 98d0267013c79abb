package io.invigil.protocol.sim.sync;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.BlobProgress;
import io.invigil.protocol.hub.EpochRow;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.HubStoreUnavailable;
import io.invigil.protocol.hub.HubTx;
import io.invigil.protocol.hub.LaneCursor;
import io.invigil.protocol.hub.NodeReceipts;
import io.invigil.protocol.hub.ParkedItem;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The hub's store in memory, with roll-back, backup and restore. One thread. */
public final class MemoryHubStore implements HubStore {
    /** One lane of one node. */
    public record LaneId(NodeId node, LaneKey key) {}

    private record ReceiptId(NodeId node, HubEpoch hubEpoch, long rcptSeq) {}

    private record EpochKey(NodeId node, EpochId epoch) {}

    private record BlobId(NodeId node, Digest blob) {}

    /** Everything committed: a copy of it is a backup. */
    public static final class State {
        HubEpoch hubEpoch;
        final Map<NodeId, NodeReceipts> receipts = new HashMap<>();
        private final Map<ReceiptId, Digest> receiptHashes = new HashMap<>();
        final Map<LaneId, LaneCursor> lanes = new HashMap<>();
        final Map<LaneId, TreeMap<Long, FactRecord>> records = new HashMap<>();
        private final Map<EpochKey, EpochRow> epochs = new HashMap<>();
        final Map<Digest, ParkedItem> parked = new HashMap<>();
        private final Map<BlobId, BlobProgress> blobs = new HashMap<>();
        final Map<String, Integer> applied = new HashMap<>();

        State(HubEpoch hubEpoch) {
            this.hubEpoch = hubEpoch;
        }

        State copy() {
            State copy = new State(hubEpoch);
            copy.receipts.putAll(receipts);
            copy.receiptHashes.putAll(receiptHashes);
            copy.lanes.putAll(lanes);
            records.forEach((lane, rows) -> copy.records.put(lane, new TreeMap<>(rows)));
            copy.epochs.putAll(epochs);
            copy.parked.putAll(parked);
            copy.blobs.putAll(blobs);
            copy.applied.putAll(applied);
            return copy;
        }

        /** Whether the record is stored under its number. */
        boolean holds(NodeId node, FactRecord record) {
            var rows = records.get(new LaneId(node, new LaneKey(record.epoch(), record.lane())));
            return rows != null
                    && rows.containsKey(record.seq())
                    && rows.get(record.seq()).hash().equals(record.hash());
        }
    }

    private final boolean dedupes;
    private State state;
    private final boolean opensHubEpochs;
    private boolean available = true;
    private int storedTwice;

    /** An empty store whose hub opens this epoch. */
    public MemoryHubStore(HubEpoch first) {
        this(first, true);
    }

    MemoryHubStore(HubEpoch first, boolean dedupes) {
        this(first, dedupes, true);
    }

    private MemoryHubStore(HubEpoch first, boolean dedupes, boolean opensHubEpochs) {
        this.state = new State(first);
        this.dedupes = dedupes;
        this.opensHubEpochs = opensHubEpochs;
    }

    /** Broken on purpose: {@link Mutation#KEEP_HUB_EPOCH}. */
    static MemoryHubStore keepingHubEpoch(HubEpoch first) {
        return new MemoryHubStore(first, true, false);
    }

    State state() {
        return state;
    }

    /** Records inserted although they were there: only a broken store does this. */
    public int storedTwice() {
        return storedTwice;
    }

    /** Rows of refused things. */
    public List<ParkedItem> parked() {
        return List.copyOf(state.parked.values());
    }

    /** A lane's row. */
    public Optional<LaneCursor> lane(NodeId node, LaneKey key) {
        return Optional.ofNullable(state.lanes.get(new LaneId(node, key)));
    }

    /** Stored records of a lane by number. */
    public TreeMap<Long, FactRecord> records(NodeId node, LaneKey key) {
        return new TreeMap<>(state.records.getOrDefault(new LaneId(node, key), new TreeMap<>()));
    }

    public HubEpoch hubEpoch() {
        return state.hubEpoch;
    }

    public State backup() {
        return state.copy();
    }

    public void restore(State backup) {
        state = backup.copy();
    }

    /** While false every transaction fails before it begins. */
    public void setAvailable(boolean available) {
        this.available = available;
    }

    boolean isAvailable() {
        return available;
    }

    @Override
    public <T> T inTransaction(Function<HubTx, T> work) {
        if (!available) {
            throw new HubStoreUnavailable("simulated", new IllegalStateException("disk full"));
        }
        Tx tx = new Tx();
        boolean committed = false;
        try {
            T result = work.apply(tx);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                tx.rollBack();
            }
        }
    }

    /** Applies what is contiguous and not applied: the projection of the simulator. */
    void apply(NodeId node, LaneKey key, Function<FactRecord, String> identity) {
        LaneId id = new LaneId(node, key);
        LaneCursor cursor = state.lanes.get(id);
        if (cursor == null || cursor.appliedSeq() >= cursor.ackSeq()) {
            return;
        }
        var rows = state.records.get(id);
        rows.subMap(cursor.appliedSeq(), false, cursor.ackSeq(), true)
                .values()
                .forEach(row -> state.applied.merge(identity.apply(row), 1, Integer::sum));
        state.lanes.put(id, cursor.withApplied(cursor.ackSeq()));
    }

    private final class Tx implements HubTx {
        private final Deque<Runnable> undo = new ArrayDeque<>();

        void rollBack() {
            undo.forEach(Runnable::run);
        }

        private <K, V> void put(Map<K, V> map, K key, V value) {
            V before = map.put(key, value);
            undo.push(before == null ? () -> map.remove(key) : () -> map.put(key, before));
        }

        @Override
        public HubEpoch hubEpoch() {
            return state.hubEpoch;
        }

        @Override
        public HubEpoch openHubEpoch(HubEpoch expected, HubEpoch next) {
            HubEpoch before = state.hubEpoch;
            if (before.equals(expected) && opensHubEpochs) {
                undo.push(() -> state.hubEpoch = before);
                state.hubEpoch = next;
            }
            return state.hubEpoch;
        }

        @Override
        public NodeReceipts lockReceipts(NodeId node) {
            return state.receipts.getOrDefault(
                    node, new NodeReceipts(node, state.hubEpoch, 0, Digest.ZERO));
        }

        @Override
        public void saveReceipt(NodeReceipts row) {
            put(state.receipts, row.node(), row);
            put(
                    state.receiptHashes,
                    new ReceiptId(row.node(), row.hubEpoch(), row.rcptSeq()),
                    row.lastHash());
        }

        @Override
        public Optional<Digest> receiptHash(NodeId node, HubEpoch hubEpoch, long rcptSeq) {
            return Optional.ofNullable(
                    state.receiptHashes.get(new ReceiptId(node, hubEpoch, rcptSeq)));
        }

        @Override
        public LaneCursor lockLane(NodeId node, LaneKey key, Digest genesis) {
            return lane(node, key).orElseGet(() -> LaneCursor.empty(node, key, genesis));
        }

        @Override
        public Optional<LaneCursor> lane(NodeId node, LaneKey key) {
            return Optional.ofNullable(state.lanes.get(new LaneId(node, key)));
        }

        @Override
        public void saveLane(LaneCursor cursor) {
            put(state.lanes, new LaneId(cursor.node(), cursor.key()), cursor);
        }

        @Override
        public Map<Long, Digest> hashes(NodeId node, LaneKey key, long first, long last) {
            Map<Long, Digest> found = new HashMap<>();
            var rows = state.records.get(new LaneId(node, key));
            if (rows != null && dedupes) {
                rows.subMap(first, true, last, true)
                        .forEach((seq, row) -> found.put(seq, row.hash()));
            }
            return found;
        }

        @Override
        public void insert(NodeId node, List<FactRecord> inserted) {
            for (FactRecord record : inserted) {
                var id = new LaneId(node, new LaneKey(record.epoch(), record.lane()));
                var rows = state.records.computeIfAbsent(id, any -> new TreeMap<>());
                if (rows.containsKey(record.seq())) {
                    if (dedupes) {
                        throw new IllegalStateException("unique key violated: " + id);
                    }
                    storedTwice++;
                }
                put(rows, record.seq(), record);
            }
        }

        @Override
        public List<FactRecord> records(NodeId node, LaneKey key, long fromSeq, int max) {
            var rows = state.records.getOrDefault(new LaneId(node, key), new TreeMap<>());
            return rows.tailMap(fromSeq, true).values().stream().limit(max).toList();
        }

        @Override
        public void saveEpoch(EpochRow row) {
            var key = new EpochKey(row.node(), row.epoch());
            if (!state.epochs.containsKey(key)) {
                put(state.epochs, key, row);
            }
        }

        @Override
        public List<EpochRow> siblings(NodeId node, EpochId epoch, Optional<EpochId> parent) {
            List<EpochRow> found = new ArrayList<>();
            for (EpochRow row : state.epochs.values()) {
                if (row.node().equals(node)
                        && !row.epoch().equals(epoch)
                        && row.parent().equals(parent)) {
                    found.add(row);
                }
            }
            return found;
        }

        @Override
        public boolean park(ParkedItem item) {
            if (state.parked.containsKey(item.key())) {
                return false;
            }
            put(state.parked, item.key(), item);
            return true;
        }

        @Override
        public Optional<BlobProgress> lockBlob(NodeId node, Digest blob) {
            return Optional.ofNullable(state.blobs.get(new BlobId(node, blob)));
        }

        @Override
        public void saveBlob(BlobProgress progress) {
            put(state.blobs, new BlobId(progress.node(), progress.manifest().sha256()), progress);
        }
    }

    /** Whether a blob is complete. */
    public boolean complete(NodeId node, Digest blob) {
        BlobProgress progress = state.blobs.get(new BlobId(node, blob));
        return progress != null && progress.complete();
    }
}
