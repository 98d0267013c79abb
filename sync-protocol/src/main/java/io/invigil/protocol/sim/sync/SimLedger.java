package io.invigil.protocol.sim.sync;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node's ledger as a model: records in order, of which the first part is durable. */
final class SimLedger {
    private final Realm realm;
    private final NodeId node;
    private final Map<LaneKey, List<FactRecord>> lanes = new LinkedHashMap<>();
    private final List<FactRecord> volatileTail = new ArrayList<>();
    private final List<EpochId> epochs = new ArrayList<>();
    private long position;

    SimLedger(Realm realm, NodeId node) {
        this.realm = realm;
        this.node = node;
    }

    /** What a copied disk holds: the durable part. */
    SimLedger copy() {
        SimLedger copy = new SimLedger(realm, node);
        lanes.forEach((key, rows) -> copy.lanes.put(key, new ArrayList<>(rows)));
        copy.volatileTail.addAll(volatileTail);
        copy.epochs.addAll(epochs);
        copy.position = position;
        copy.crash();
        return copy;
    }

    List<EpochId> epochs() {
        return List.copyOf(epochs);
    }

    Optional<EpochId> lastEpoch() {
        return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.getLast());
    }

    void open(EpochId epoch) {
        epochs.add(epoch);
        for (Lane lane : Lane.values()) {
            lanes.put(new LaneKey(epoch, lane), new ArrayList<>());
        }
    }

    /** Appends to the last epoch; not durable before {@link #force}. */
    FactRecord append(Lane lane, byte[] json, Entropy entropy) {
        List<FactRecord> rows = lanes.get(new LaneKey(epochs.getLast(), lane));
        Digest prev = rows.isEmpty() ? genesis(epochs.getLast(), lane) : rows.getLast().hash();
        position++;
        FactRecord record =
                FactRecord.chained(
                        epochs.getLast(),
                        lane,
                        rows.size() + 1L,
                        position,
                        entropy.bytes(FactRecord.SALT_BYTES),
                        json,
                        prev);
        rows.add(record);
        volatileTail.add(record);
        return record;
    }

    /** Makes everything durable; returns the heads that moved and what became durable. */
    List<FactRecord> force() {
        List<FactRecord> forced = List.copyOf(volatileTail);
        volatileTail.clear();
        return forced;
    }

    /** Power cut: what was not forced is gone. */
    void crash() {
        for (FactRecord record : volatileTail) {
            List<FactRecord> rows = lanes.get(new LaneKey(record.epoch(), record.lane()));
            rows.removeIf(row -> row.seq() >= record.seq());
        }
        volatileTail.clear();
    }

    /** Heads of the durable part, oldest epoch first. */
    List<LaneHead> heads() {
        List<LaneHead> heads = new ArrayList<>();
        lanes.forEach((key, rows) -> heads.add(head(key)));
        return heads;
    }

    LaneHead head(LaneKey key) {
        List<FactRecord> rows = durable(key);
        return rows.isEmpty()
                ? new LaneHead(key.epoch(), key.lane(), 0, genesis(key.epoch(), key.lane()))
                : new LaneHead(
                        key.epoch(), key.lane(), rows.getLast().seq(), rows.getLast().hash());
    }

    List<FactRecord> read(LaneKey key, long fromSeq, int recordsMax) {
        List<FactRecord> rows = durable(key);
        int from = (int) Math.min(rows.size(), fromSeq - 1);
        return rows.subList(from, Math.min(rows.size(), from + recordsMax));
    }

    /** Durable records of a lane. */
    List<FactRecord> durable(LaneKey key) {
        List<FactRecord> rows = lanes.getOrDefault(key, List.of());
        int volatileRows =
                (int)
                        volatileTail.stream()
                                .filter(r -> new LaneKey(r.epoch(), r.lane()).equals(key))
                                .count();
        return rows.subList(0, rows.size() - volatileRows);
    }

    List<FactRecord> allDurable() {
        List<FactRecord> all = new ArrayList<>();
        lanes.keySet().forEach(key -> all.addAll(durable(key)));
        return all;
    }

    void purge(EpochId epoch) {
        epochs.remove(epoch);
        lanes.keySet().removeIf(key -> key.epoch().equals(epoch));
    }

    private Digest genesis(EpochId epoch, Lane lane) {
        return FactRecord.genesis(Suite.ED25519_X25519_AES256GCM, realm, node, epoch, lane);
    }
}
