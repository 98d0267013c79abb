package io.invigil.protocol.sim.sync;

import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.receipt.LaneKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** USB sticks between nodes and hub: any order, repeated, mixed with the broker. */
final class SimSticks {
    static final int HEARD_MAX = 300;

    private final SimWorld world;
    private final List<List<byte[]>> sticks = new ArrayList<>();
    private final Map<NodeId, List<byte[]>> receipts = new HashMap<>();

    SimSticks(SimWorld world) {
        this.world = world;
    }

    /** Receipts that went out; some of them travel by stick too. */
    void heard(HubEffect.Send send) {
        List<byte[]> list = receipts.computeIfAbsent(send.node(), any -> new ArrayList<>());
        if (send.kind() == DownKind.RECEIPT && list.size() < HEARD_MAX) {
            list.add(send.bytes());
        }
    }

    List<byte[]> receiptsOf(NodeId node) {
        return receipts.getOrDefault(node, List.of());
    }

    /** The technician exports everything without receipt. */
    void export(SimNode node) {
        if (node.sync.isEmpty()) {
            return;
        }
        NodeSync sync = node.sync.get();
        List<byte[]> files = new ArrayList<>(sync.stickHellos(node.syncTime()));
        List<byte[]> bundles = new ArrayList<>();
        for (NodeEffect.ReadRecords need : sync.stickNeeds()) {
            var key = new LaneKey(need.epoch(), need.lane());
            List<FactRecord> rows = node.ledger.read(key, need.fromSeq(), need.recordsMax());
            int step = 1 + world.random.below(Math.max(1, rows.size()));
            for (int at = 0; at < rows.size(); at += step) {
                var part = rows.subList(at, Math.min(rows.size(), at + step));
                sync.stickBundle(node.syncTime(), part).ifPresent(bundles::add);
            }
        }
        world.random.shuffle(bundles);
        files.addAll(bundles);
        sticks.add(files);
    }

    /** Somebody reads one of the sticks at a hub instance; maybe not for the first time. */
    void importOne() {
        List<SimHub> up = world.hubs.stream().filter(SimHub::isUp).toList();
        if (!sticks.isEmpty() && !up.isEmpty()) {
            SimHub hub = world.random.pick(up);
            for (byte[] file : world.random.pick(sticks)) {
                hub.handle(new HubInput.FromStick(file));
            }
        }
    }

    /** A stick with receipts goes back to a node, in any order. */
    void carryBack(SimNode node) {
        List<byte[]> some = new ArrayList<>(receiptsOf(node.id));
        world.random.shuffle(some);
        some.stream().limit(10).forEach(bytes -> node.receive(DownKind.RECEIPT, bytes));
    }
}
