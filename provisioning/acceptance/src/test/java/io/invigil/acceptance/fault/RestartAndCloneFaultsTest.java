package io.invigil.acceptance.fault;

import static io.invigil.acceptance.fault.FaultWorld.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.protocol.fact.Lane;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows of the fault table end to end: real ledger, real driver of sync, real broker, real hub.
 * Whatever a row does, at its end everything that was acknowledged is at the hub exactly once and
 * verified receipts cover it.
 */
@ResourceLock("embedded broker")
class RestartAndCloneFaultsTest {
    private static final EmbeddedBroker.Limits SPECIFIED = EmbeddedBroker.Limits.SPECIFIED;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void fault21BrokerRestartLosesNothing(FaultBroker.Kind kind) throws Exception {
        try (FaultWorld world = FaultWorld.start(kind, directory, SPECIFIED)) {
            FaultNode node = world.node("room-one");
            awaitThat(node::isFlowing);
            for (int round = 0; round < 3; round++) {
                node.save(Lane.RES, "before-" + round, 40, 200);
                world.broker.stop();
                node.save(Lane.RES, "without-" + round, 40, 200);
                node.save(Lane.ATT, "without-" + round, 5, 200);
                world.broker.start();
                node.save(Lane.RES, "after-" + round, 40, 200);
            }
            awaitThat(world::hubIsConnected);
            world.assertNothingLostOrDoubled(node);
        }
    }

    /** The broker said yes to everything, and its process died before anything was passed on. */
    @ParameterizedTest
    @EnumSource
    void fault23WhatTheBrokerAcknowledgedAndLostInItsCrashIsSentAgain(FaultBroker.Kind kind)
            throws Exception {
        try (FaultWorld world = FaultWorld.start(kind, directory, SPECIFIED)) {
            CountingConnector connector = new CountingConnector();
            FaultNode node = world.node("room-one", connector);
            awaitThat(node::isFlowing);
            world.hubLine.unplug();
            long before = connector.published();
            node.save(Lane.RES, "acknowledged", 40, 200);
            awaitThat(() -> connector.published() > before && node.waiting() > 0);
            world.broker.stop();
            world.broker.start();
            world.hubLine.plug();
            awaitThat(world::hubIsConnected);
            world.assertNothingLostOrDoubled(node);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault46AClonedNodeIsNamedAndNothingOfEitherIsLost(FaultBroker.Kind kind) throws Exception {
        try (FaultWorld world = FaultWorld.start(kind, directory, SPECIFIED)) {
            FaultNode first = world.node("room-one");
            first.save(Lane.RES, "common", 20, 200);
            world.assertNothingLostOrDoubled(first);
            first.close();
            Path image = world.home();
            copy(world.home(1), image);

            FaultNode original = world.started(world.home(1), first.acknowledged());
            FaultNode clone = world.started(image, List.of());
            for (int round = 0; round < 5; round++) {
                original.save(Lane.RES, "original-" + round, 10, 200);
                clone.save(Lane.RES, "clone-" + round, 10, 200);
            }
            awaitThat(() -> original.waiting() == 0 && clone.waiting() == 0);
            awaitThat(
                    () ->
                            world.alarms(original.id()).stream()
                                    .anyMatch(alarm -> alarm.code().equals("CLONE")));
            assertThat(world.alarms(original.id()))
                    .filteredOn(alarm -> alarm.code().equals("CLONE"))
                    .anySatisfy(
                            alarm ->
                                    assertThat(alarm.detail())
                                            .contains(original.epoch())
                                            .contains(clone.epoch()));
            assertThat(world.alarms(original.id())).noneMatch(alarm -> alarm.code().equals("FORK"));
            // nothing of the original stops
            original.save(Lane.RES, "later", 10, 200);
            world.assertNothingLostOrDoubled(original, clone);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path place, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(place)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(file, to.resolve(from.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
