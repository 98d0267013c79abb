package io.invigil.protocol.sim.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs one seed: a time of faults, then calm until everything is home. The same seed and code give
 * the same run, in one thread; different seeds may run in parallel.
 */
public final class Simulation {
    static final long FAULTS_MILLIS = 20_000;

    /** Invariant I6: within this after the faults end, everything durable is home. */
    static final long CALM_MILLIS = 60_000;

    private static final long STEP_MILLIS = 500;

    private final SimWorld world;
    private final SimForger forger;
    private final List<MemoryHubStore.State> backups = new ArrayList<>();
    private final long seed;

    private Simulation(long seed, Mutation mutation) {
        this.seed = seed;
        this.world = new SimWorld(seed, mutation);
        this.forger = new SimForger(world);
    }

    /** Runs the real thing. */
    public static SimReport run(long seed) {
        return run(seed, Mutation.NONE);
    }

    /** Runs a deliberately broken variant. */
    public static SimReport run(long seed, Mutation mutation) {
        return new Simulation(seed, mutation).run();
    }

    private SimReport run() {
        world.hubs.forEach(SimHub::start);
        world.nodes.forEach(SimNode::start);
        plan();
        world.time.runTo(FAULTS_MILLIS);
        calm();
        long settle = settle();
        world.seen.checkEnd(world);
        return new SimReport(
                seed,
                world.seen.violations,
                world.seen.acknowledgedCount(),
                world.seen.receipts,
                settle,
                world.seen.nodeAlarms,
                world.seen.hubAlarms);
    }

    /** Spreads work and faults over the time. */
    private void plan() {
        SimRandom random = world.random;
        times(10 + random.below(15), () -> anyNode().work(1 + random.below(6)));
        times(random.below(3), () -> anyNode().photograph());
        times(random.below(3), this::restartNode);
        times(random.below(3), () -> anyNode().partition(random.between(500, 8_000)));
        times(random.below(2), world.broker::restart);
        times(random.below(2), this::restartHub);
        times(random.below(2), this::storeOutage);
        times(random.below(3), () -> world.sticks.export(anyNode()));
        times(random.below(4), world.sticks::importOne);
        times(random.below(3), () -> world.sticks.carryBack(anyNode()));
        times(random.below(3), () -> anyNode().wallOffset = clockJump());
        times(random.below(2), () -> world.hubWallOffset = clockJump());
        times(2 + random.below(2), this::backUp);
        times(4, () -> world.nodes.forEach(SimNode::purge));
        if (world.faults.hubRestores) {
            times(1 + random.below(2), this::restoreHub);
        }
        if (world.faults.imageRestores) {
            imageRestore();
        }
        if (world.faults.clones) {
            times(1, this::cloneNode);
        }
        if (world.faults.attacks) {
            times(random.below(10), forger::attack);
        }
        if (world.mutation == Mutation.ASYNC_COMMIT) {
            for (long at = 0; at < FAULTS_MILLIS; at += 400) {
                world.time.in(at, () -> world.lastFlush = world.store.backup());
            }
        }
    }

    private void times(int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            world.time.in(world.random.between(1, FAULTS_MILLIS - 1), action);
        }
    }

    private SimNode anyNode() {
        return world.random.pick(world.nodes);
    }

    private void restartNode() {
        SimNode node = anyNode();
        node.kill();
        world.time.in(world.random.between(100, 3_000), node::start);
    }

    private void restartHub() {
        SimHub hub = world.random.pick(world.hubs);
        hub.kill();
        world.time.in(world.random.between(100, 5_000), hub::start);
    }

    private void storeOutage() {
        world.store.setAvailable(false);
        world.time.in(world.random.between(100, 3_000), () -> world.store.setAvailable(true));
    }

    private long clockJump() {
        long year = 365L * 24 * 3_600_000;
        return world.random.pick(List.of(year, -year, -SimWorld.WALL_START, -90_000L, 0L));
    }

    /** A backup is taken, and some time later found good. */
    private void backUp() {
        MemoryHubStore.State backup = world.store.backup();
        backups.add(backup);
        world.time.in(
                world.random.between(10, 2_000),
                () -> {
                    if (backups.contains(backup)) {
                        backups.subList(0, backups.indexOf(backup)).clear();
                        world.verified(backup);
                    }
                });
    }

    /** The database is lost; the last verified backup or a later one is put back (row 38). */
    private void restoreHub() {
        if (!world.store.isAvailable()) {
            return;
        }
        List<MemoryHubStore.State> choices = new ArrayList<>(backups);
        choices.add(world.verifiedBackup);
        MemoryHubStore.State chosen = world.random.pick(choices);
        world.hubs.forEach(SimHub::kill);
        world.store.restore(chosen);
        backups.clear();
        world.seen.restores++;
        world.hubs.forEach(hub -> world.time.in(world.random.between(100, 3_000), hub::start));
    }

    /** A node's disk image of earlier is put back (row 47). */
    private void imageRestore() {
        SimNode node = world.nodes.getFirst();
        long at = world.random.between(2_000, FAULTS_MILLIS - 5_000);
        SimLedger[] image = new SimLedger[1];
        byte[][] memory = new byte[1][];
        world.time.in(
                at,
                () -> {
                    image[0] = node.ledger.copy();
                    memory[0] = node.memory;
                });
        world.time.in(
                at + world.random.between(500, 4_000),
                () -> {
                    node.kill();
                    SimLedger lost = node.ledger;
                    node.ledger = image[0];
                    node.memory = memory[0];
                    world.seen.destroyed(world, node, lost);
                    world.time.in(world.random.between(100, 2_000), node::start);
                });
    }

    private void cloneNode() {
        SimNode original = anyNode();
        SimNode clone = original.cloned(original.name + "-clone");
        world.nodes.add(clone);
        world.time.in(world.random.between(100, 3_000), clone::start);
    }

    private void calm() {
        world.faults.calm();
        world.store.setAvailable(true);
        world.nodes.forEach(SimNode::endPartition);
        world.nodes.forEach(SimNode::start);
        world.hubs.forEach(SimHub::start);
    }

    private long settle() {
        long end = FAULTS_MILLIS + CALM_MILLIS;
        for (long at = FAULTS_MILLIS; at < end; at += STEP_MILLIS) {
            world.time.runTo(at + STEP_MILLIS);
            if (world.settled()) {
                return at + STEP_MILLIS - FAULTS_MILLIS;
            }
        }
        world.seen.violation("I6 not home: " + world.unsettled());
        return CALM_MILLIS;
    }
}
