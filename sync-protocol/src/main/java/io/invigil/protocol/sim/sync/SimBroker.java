package io.invigil.protocol.sim.sync;

import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.carrier.Topics.UpKind;
import io.invigil.protocol.fact.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A broker that acknowledges everything and then drops, doubles, delays and reorders; a shared
 * subscription spreads what comes from nodes over the hub instances.
 */
final class SimBroker {
    /** Messages on their way up that an eavesdropper keeps. */
    static final int CAPTURED_MAX = 200;

    record Up(NodeId node, UpKind kind, byte[] bytes) {}

    private final SimWorld world;
    private final Map<NodeId, Up> retained = new LinkedHashMap<>();
    private final List<Up> captured = new ArrayList<>();
    private int generation;

    SimBroker(SimWorld world) {
        this.world = world;
    }

    List<Up> captured() {
        return captured;
    }

    /** Power cycle: everything on its way is gone, and all connections. */
    void restart() {
        generation++;
        retained.clear();
        world.nodes.forEach(SimNode::lost);
    }

    /** A node publishes. */
    void up(NodeId node, UpKind kind, byte[] bytes, boolean retain) {
        Up message = new Up(node, kind, bytes);
        if (retain) {
            retained.put(node, message);
        }
        if (captured.size() < CAPTURED_MAX) {
            captured.add(message);
        }
        carry(bytes, travelled -> toHub(new Up(node, kind, travelled)));
    }

    /** A hub instance publishes to a node; clones of the node hear it too. */
    void down(NodeId node, DownKind kind, byte[] bytes) {
        carry(
                bytes,
                travelled ->
                        world.nodes.stream()
                                .filter(n -> n.id.equals(node) && n.reachable())
                                .toList()
                                .forEach(n -> n.receive(kind, travelled)));
    }

    /** A hub instance subscribes anew: it gets what is retained. */
    void subscribed(SimHub hub) {
        retained.values().forEach(up -> world.time.in(5, () -> hub.receive(up)));
    }

    /** What an instance had not completed when it died: given to another one, or lost. */
    void returned(List<Up> messages) {
        for (Up message : messages) {
            if (world.random.chance(0.5)) {
                carry(message.bytes(), b -> toHub(message));
            }
        }
    }

    private void toHub(Up message) {
        List<SimHub> listening = world.hubs.stream().filter(SimHub::isUp).toList();
        if (!listening.isEmpty()) {
            world.random.pick(listening).receive(message);
            if (world.random.chance(world.faults.duplicate / 2)) {
                world.random.pick(listening).receive(message);
            }
        }
    }

    private void carry(byte[] bytes, Consumer<byte[]> target) {
        SimFaults faults = world.faults;
        int copies = world.random.chance(faults.duplicate) ? 2 : 1;
        int sent = generation;
        for (int i = 0; i < copies; i++) {
            if (world.random.chance(faults.drop)) {
                continue;
            }
            byte[] travelled = bytes;
            if (world.random.chance(faults.tamper)) {
                travelled = bytes.clone();
                travelled[world.random.below(bytes.length)] ^= (byte) (1 << world.random.below(8));
                world.seen.tampered++;
            }
            byte[] given = travelled;
            world.time.in(
                    world.random.between(1, faults.delayMaxMillis),
                    () -> {
                        if (generation == sent) {
                            target.accept(given);
                        }
                    });
        }
    }
}
