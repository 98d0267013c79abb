package io.invigil.protocol.sim.sync;

import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.carrier.Topics.UpKind;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.ArrayList;
import java.util.List;

/** Somebody on the network: forges, replays, redirects and garbles (rows 40 to 44, 61, 62). */
final class SimForger {
    private final SimWorld world;

    SimForger(SimWorld world) {
        this.world = world;
    }

    void attack() {
        SimNode victim = world.random.pick(world.nodes);
        switch (world.random.below(7)) {
            case 0, 1 -> forgedReceipt(victim);
            case 2 -> {
                List<byte[]> old = world.sticks.receiptsOf(victim.id);
                if (!old.isEmpty()) {
                    victim.receive(DownKind.RECEIPT, world.random.pick(old));
                }
            }
            case 3 -> {
                NodeId other = world.random.pick(world.nodes).id;
                List<byte[]> theirs = world.sticks.receiptsOf(other);
                if (!theirs.isEmpty()) {
                    victim.receive(DownKind.RECEIPT, world.random.pick(theirs));
                }
            }
            case 4 -> replay();
            case 5 -> {
                List<byte[]> receipts = world.sticks.receiptsOf(victim.id);
                if (!receipts.isEmpty()) {
                    world.broker.up(victim.id, UpKind.RES, world.random.pick(receipts), false);
                }
            }
            default -> {
                byte[] noise = world.random.entropy().bytes(1 + world.random.below(300));
                world.broker.up(
                        victim.id, world.random.pick(List.of(UpKind.values())), noise, false);
            }
        }
    }

    /** "All of it is safe here, twice": believed, it would let the node delete everything. */
    private void forgedReceipt(SimNode victim) {
        List<LaneAck> acks = new ArrayList<>();
        for (LaneHead head : victim.ledger.heads()) {
            if (acks.size() < Receipt.LANES_MAX) {
                acks.add(
                        new LaneAck(
                                head.epoch(),
                                head.lane(),
                                head.seq(),
                                head.hash(),
                                head.seq(),
                                List.of()));
            }
        }
        var hubEpoch = new HubEpoch(world.store.hubEpoch().number() + 1, "f".repeat(16));
        var receipt =
                new Receipt(
                        "hub",
                        hubEpoch,
                        victim.id,
                        1,
                        io.invigil.protocol.crypto.Digest.ZERO,
                        0,
                        acks,
                        List.of(),
                        List.of());
        victim.receive(
                DownKind.RECEIPT,
                SignedMessage.sign(MessageType.RECEIPT, receipt, world.forgerKey).encode());
    }

    private void replay() {
        if (world.broker.captured().isEmpty()) {
            return;
        }
        SimBroker.Up old = world.random.pick(world.broker.captured());
        NodeId claimed = world.random.pick(world.nodes).id;
        world.broker.up(claimed, old.kind(), old.bytes(), false);
    }
}
