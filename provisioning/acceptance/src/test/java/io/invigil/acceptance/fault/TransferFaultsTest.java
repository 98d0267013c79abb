package io.invigil.acceptance.fault;

import static io.invigil.acceptance.fault.FaultWorld.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.protocol.fact.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows of the fault table end to end: real ledger, real driver of sync, real broker, real hub.
 * Whatever a row does, at its end everything that was acknowledged is at the hub exactly once and
 * verified receipts cover it.
 */
@ResourceLock("embedded broker")
class TransferFaultsTest {
    private static final EmbeddedBroker.Limits SPECIFIED = EmbeddedBroker.Limits.SPECIFIED;

    /** Times 16 bundles under way of each node are more than the 64 that the hub takes at once. */
    private static final int NODES_BEYOND_HUB_WINDOW = 6;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void fault22WhatTheBrokerAcknowledgesAndDropsIsSentAgain(FaultBroker.Kind kind)
            throws Exception {
        boolean embedded = kind == FaultBroker.Kind.EMBEDDED;
        // Mosquitto's queue begins behind the 64 that the hub takes at once
        int queue = embedded ? 1 : 8;
        int count = embedded ? 1 : NODES_BEYOND_HUB_WINDOW;
        var tiny =
                new EmbeddedBroker.Limits(
                        queue,
                        embedded ? 1 : SPECIFIED.receiveMaximum(),
                        SPECIFIED.packetBytesMax());
        try (FaultWorld world = FaultWorld.start(kind, directory, tiny)) {
            List<FaultNode> nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                nodes.add(world.node("room-" + i));
            }
            awaitThat(() -> nodes.stream().allMatch(FaultNode::isFlowing));
            // the hub's acknowledgements stay away, so that its window and the queue fill up
            world.hubLine.delay(Duration.ofSeconds(5));
            for (FaultNode node : nodes) {
                node.save(Lane.RES, "overflow", embedded ? 8 : 40, 40_000);
            }
            awaitThat(() -> world.broker.drops() > 0);
            world.hubLine.heal();
            for (FaultNode node : nodes) {
                world.assertNothingLostOrDoubled(node);
            }
            // without a subscriber the broker acknowledges what it throws away
            world.hubLine.unplug();
            awaitThat(() -> !world.hubIsConnected());
            for (FaultNode node : nodes) {
                node.save(Lane.RES, "nobody", 40, 200);
                awaitThat(() -> node.waiting() > 0);
            }
            world.hubLine.plug();
            for (FaultNode node : nodes) {
                world.assertNothingLostOrDoubled(node);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EMBEDDED, 65535",
        "EMBEDDED, 32768",
        "EMBEDDED, 1",
        "MOSQUITTO, 65535",
        "MOSQUITTO, 32768",
        "MOSQUITTO, 1"
    })
    void fault24EveryReceiveMaximumIsKept(FaultBroker.Kind kind, int receiveMaximum)
            throws Exception {
        var limits =
                new EmbeddedBroker.Limits(
                        SPECIFIED.queueMessagesMax(), receiveMaximum, SPECIFIED.packetBytesMax());
        try (FaultWorld world = FaultWorld.start(kind, directory, limits)) {
            CountingConnector connector = new CountingConnector();
            FaultNode node = world.node("room-one", connector);
            awaitThat(node::isFlowing);
            for (Lane lane : Lane.values()) {
                node.save(lane, "lane-" + lane.code(), 60, 2_000);
            }
            world.assertNothingLostOrDoubled(node);
            assertThat(connector.connections())
                    .as("the broker never ended the connection")
                    .isEqualTo(1);
        }
    }

    /** XSP-037 against real brokers: they refuse or end the connection, the node sends less. */
    @ParameterizedTest
    @EnumSource
    void fault25ABrokerThatTakesSmallPacketsOnlyGetsSmallerBundles(FaultBroker.Kind kind)
            throws Exception {
        int packetBytesMax = 20_000;
        var limits =
                new EmbeddedBroker.Limits(
                        SPECIFIED.queueMessagesMax(), SPECIFIED.receiveMaximum(), packetBytesMax);
        try (FaultWorld world = FaultWorld.start(kind, directory, limits)) {
            CountingConnector connector = new CountingConnector();
            FaultNode node = world.node("room-one", connector);
            awaitThat(node::isFlowing);
            node.save(Lane.RES, "large", 60, 3_000);
            world.assertNothingLostOrDoubled(node);
            assertThat(connector.largest())
                    .as("the first bundle is beyond what this broker takes")
                    .isGreaterThan(packetBytesMax);
        }
    }

    /**
     * The same promise for bundles of greatest size: after each cut it goes on behind the last
     * record that the hub holds, and what is sent again is bounded by what can be under way.
     */
    @ParameterizedTest
    @EnumSource
    void fault29TransfersCutInTheMiddleGoOnBehindWhatArrived(FaultBroker.Kind kind)
            throws Exception {
        int facts = 120;
        int bytes = 40_000;
        int cuts = 4;
        long windowBytes = 1024 * 1024;
        try (FaultWorld world = FaultWorld.start(kind, directory, SPECIFIED)) {
            CountingConnector connector = new CountingConnector();
            FaultNode node = world.node("room-one", connector);
            awaitThat(node::isFlowing);
            for (int cut = 0; cut < cuts; cut++) {
                long before = connector.connections();
                world.nodeLine.cutAfter(250_000);
                node.save(Lane.RES, "part-" + cut, facts / cuts, bytes);
                // cut, and cut again at once whenever it comes back
                awaitThat(() -> !node.isFlowing());
                world.nodeLine.heal();
                awaitThat(() -> connector.connections() > before && node.isFlowing());
            }
            world.assertNothingLostOrDoubled(node);
            // hexadecimal text packs to a little more than half
            long once = (long) facts * bytes * 6 / 10;
            assertThat(connector.published())
                    .as("all of it once, and after each cut no more than the window again")
                    .isLessThan(once + cuts * windowBytes);
        }
    }
}
