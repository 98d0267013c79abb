package io.invigil.protocol.sim.sync;

import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubAlarm;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.node.NodeAlarm;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.LineStatus;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the run promised and did, and every violation found on the way. */
final class SimSeen {
    static final int VIOLATIONS_MAX = 20;

    private record Acked(NodeId node, FactRecord record) {}

    private record ReceiptId(NodeId node, String hubEpoch, int incarnation, long rcptSeq) {}

    private record Issued(Digest hash, Digest prev) {}

    final Map<Digest, NodeId> blobs = new LinkedHashMap<>();
    final List<String> violations = new ArrayList<>();
    final Map<NodeAlarm, Integer> nodeAlarms = new EnumMap<>(NodeAlarm.class);
    final Map<HubAlarm, Integer> hubAlarms = new EnumMap<>(HubAlarm.class);
    int tampered;
    int restores;
    int receipts;
    private final Map<Digest, Acked> acknowledged = new LinkedHashMap<>();
    private final Map<ReceiptId, Issued> issued = new HashMap<>();

    void violation(String text) {
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(text);
        }
    }

    void acknowledged(SimNode node, List<FactRecord> records) {
        records.forEach(r -> acknowledged.put(r.hash(), new Acked(node.id, r)));
    }

    /** An old image was put back: what only that disk held is lost with its every copy. */
    void destroyed(SimWorld world, SimNode node, SimLedger lost) {
        for (FactRecord record : lost.allDurable()) {
            boolean elsewhere =
                    world.nodes.stream()
                            .anyMatch(n -> n.id.equals(node.id) && holds(n.ledger, record));
            if (!elsewhere && !world.store.state().holds(node.id, record)) {
                acknowledged.remove(record.hash());
            }
        }
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    void nodeAlarm(NodeEffect.Alarm alarm) {
        nodeAlarms.merge(alarm.code(), 1, Integer::sum);
    }

    void hubAlarm(HubEffect.Alarm alarm) {
        hubAlarms.merge(alarm.code(), 1, Integer::sum);
        if (alarm.code() == HubAlarm.FORK) {
            violation("I3 fork at the hub: " + alarm.detail());
        }
        if (alarm.code() == HubAlarm.POISON) {
            violation("a message made the hub fail: " + alarm.detail());
        }
    }

    /** I3, and P2: a receipt speaks only of what is committed (or was, before a restore). */
    void receiptsAdvanced(SimWorld world, SimNode node, NodeEffect.ReceiptsAdvanced advanced) {
        var key = new LaneKey(advanced.epoch(), advanced.lane());
        List<FactRecord> rows = node.ledger.durable(key);
        for (FactRecord row : rows) {
            boolean r1 = row.seq() <= advanced.r1Seq();
            boolean r2 = row.seq() <= advanced.r2Seq();
            if (r1 && restores == 0 && !world.store.state().holds(node.id, row)) {
                violation("I3 receipt for what the hub does not hold: " + key + row.seq());
                return;
            }
            if (r2 && !world.verifiedBackup.holds(node.id, row)) {
                violation("I4 R2 for what no backup holds: " + key + row.seq());
                return;
            }
        }
    }

    /** I4: only what a verified backup holds may be deleted. */
    void purged(SimWorld world, SimNode node, EpochId epoch) {
        for (FactRecord row : node.ledger.allDurable()) {
            if (row.epoch().equals(epoch) && !world.verifiedBackup.holds(node.id, row)) {
                violation("I4 purged without R2: " + epoch + " " + row.lane() + row.seq());
                return;
            }
        }
    }

    /** I3 and I5 on everything a hub instance is about to say. */
    void checkHub(SimWorld world, List<HubEffect> effects) {
        for (HubEffect effect : effects) {
            if (effect instanceof HubEffect.Send send && send.kind() == DownKind.RECEIPT) {
                SignedMessage message = SignedMessage.decode(send.bytes()).orElseThrow();
                Receipt receipt = message.read(Receipt.class).orElseThrow();
                receipts++;
                chain(receipt, message.contentHash());
                receipt.lines().forEach(line -> reasonRow(world, send.node(), line));
            }
        }
    }

    private void chain(Receipt receipt, Digest hash) {
        String epoch = receipt.hubEpoch().toString();
        var id = new ReceiptId(receipt.node(), epoch, restores, receipt.rcptSeq());
        var before = new ReceiptId(receipt.node(), epoch, restores, receipt.rcptSeq() - 1);
        Issued same = issued.put(id, new Issued(hash, receipt.prevRcptHash()));
        Issued previous = issued.get(before);
        if (same != null || previous != null && !previous.hash().equals(receipt.prevRcptHash())) {
            violation("I3 the hub's receipts do not chain: " + receipt.rcptSeq());
        }
    }

    private void reasonRow(SimWorld world, NodeId node, ReceiptLine line) {
        boolean refused =
                line.status() == LineStatus.PARKED || line.status() == LineStatus.REJECTED;
        if (refused
                && restores == 0
                && world.store.state().parked.values().stream()
                        .noneMatch(
                                row ->
                                        row.reason().equals(line.reason())
                                                && row.node().equals(node.value()))) {
            violation("I5 no row for " + line.status() + " " + line.reason());
        }
    }

    /** I1 and I2 at the end. */
    void checkEnd(SimWorld world) {
        if (world.store.storedTwice() > 0) {
            violation("I2 records stored twice: " + world.store.storedTwice());
        }
        for (Acked acked : acknowledged.values()) {
            FactRecord record = acked.record();
            boolean alive =
                    world.store.state().holds(acked.node(), record)
                            || world.nodes.stream()
                                    .anyMatch(
                                            n ->
                                                    n.id.equals(acked.node())
                                                            && holds(n.ledger, record));
            if (!alive) {
                violation("I1 acknowledged and lost: " + record.lane() + record.seq());
            }
        }
        world.store
                .state()
                .applied
                .forEach(
                        (fact, times) -> {
                            if (times != 1) {
                                violation("I2 counted " + times + " times: " + fact);
                            }
                        });
        if (nodeAlarms.containsKey(NodeAlarm.HUB_RECORD_DIFFERS)) {
            violation("I3 a hub's record differs from the node's");
        }
        boolean equivocated =
                nodeAlarms.containsKey(NodeAlarm.HUB_EQUIVOCATES)
                        || nodeAlarms.containsKey(NodeAlarm.CURSOR_BELOW_RECEIPT);
        if (restores == 0 && equivocated) {
            violation("I3 the hub contradicts itself without a restore");
        }
    }

    private static boolean holds(SimLedger ledger, FactRecord record) {
        List<FactRecord> rows = ledger.durable(new LaneKey(record.epoch(), record.lane()));
        return rows.size() >= record.seq()
                && rows.get((int) record.seq() - 1).hash().equals(record.hash());
    }
}
