package io.invigil.protocol.sim.sync;

import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSync;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One hub instance: a process around {@link HubSync} that may die between any two effects. */
final class SimHub {
    private static final long TICK_MILLIS = 100;

    private final SimWorld world;
    private HubSync sync;
    private boolean up;
    private int life;
    private long lastNumber;
    private final Map<Long, SimBroker.Up> open = new LinkedHashMap<>();

    SimHub(SimWorld world) {
        this.world = world;
    }

    boolean isUp() {
        return up;
    }

    void start() {
        if (up) {
            return;
        }
        up = true;
        life++;
        sync = new HubSync(world.hubSettings());
        world.broker.subscribed(this);
        tick(life);
    }

    void kill() {
        if (!up) {
            return;
        }
        up = false;
        life++;
        List<SimBroker.Up> returned = new ArrayList<>(open.values());
        open.clear();
        world.broker.returned(returned);
        if (world.mutation == Mutation.ASYNC_COMMIT) {
            world.store.restore(world.lastFlush);
        }
    }

    void receive(SimBroker.Up message) {
        if (!up) {
            return;
        }
        lastNumber++;
        open.put(lastNumber, message);
        handle(new HubInput.Received(lastNumber, message.node(), message.kind(), message.bytes()));
    }

    void handle(HubInput input) {
        if (!up) {
            return;
        }
        List<HubEffect> effects = sync.handle(world.time.now(), world.hubWall(), input);
        boolean dies = world.random.chance(world.faults.hubKill);
        int until = dies ? world.random.below(effects.size() + 1) : effects.size();
        world.seen.checkHub(world, effects);
        for (int i = 0; i < until && up; i++) {
            perform(effects.get(i));
        }
        if (dies) {
            kill();
            world.time.in(world.random.between(200, 4_000), this::start);
        }
    }

    private void perform(HubEffect effect) {
        switch (effect) {
            case HubEffect.Complete complete -> open.remove(complete.messageNumber());
            case HubEffect.Send send -> {
                world.sticks.heard(send);
                world.broker.down(send.node(), send.kind(), send.bytes());
            }
            case HubEffect.Apply apply ->
                    world.store.apply(apply.node(), apply.lane(), SimWorld::identity);
            case HubEffect.ClosePipe close -> {
                kill();
                world.time.in(1_000, this::start);
            }
            case HubEffect.NodeSeen seen -> {}
            case HubEffect.NodeGone gone -> {}
            case HubEffect.BlobComplete complete -> {}
            case HubEffect.HubEpochOpened opened -> {}
            case HubEffect.Alarm alarm -> world.seen.hubAlarm(alarm);
        }
    }

    private void tick(int ofLife) {
        if (up && life == ofLife) {
            handle(new HubInput.Tick());
            world.time.in(TICK_MILLIS, () -> tick(ofLife));
        }
    }
}
