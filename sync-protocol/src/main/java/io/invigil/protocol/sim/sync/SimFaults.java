package io.invigil.protocol.sim.sync;

import java.util.List;

/** How bad the world of one run is; drawn from its seed. */
final class SimFaults {
    double drop;
    double duplicate;
    long delayMaxMillis;
    double tamper;
    double hubKill;
    final boolean imageRestores;
    final boolean hubRestores;
    final boolean clones;
    final boolean attacks;
    final boolean realSeal;

    SimFaults(SimRandom random) {
        drop = random.pick(List.of(0.0, 0.02, 0.2, 0.5));
        duplicate = random.pick(List.of(0.0, 0.05, 0.3));
        delayMaxMillis = random.pick(List.of(20L, 300L, 2_000L));
        tamper = random.pick(List.of(0.0, 0.0, 0.02));
        hubKill = random.pick(List.of(0.0, 0.0, 0.01, 0.03));
        hubRestores = random.chance(0.35);
        imageRestores = !hubRestores && random.chance(0.2);
        clones = random.chance(0.2);
        attacks = random.chance(0.5);
        realSeal = random.chance(0.125);
    }

    /** The faults end: what follows must bring everything home (I6). */
    void calm() {
        drop = 0;
        duplicate = 0;
        delayMaxMillis = 20;
        tamper = 0;
        hubKill = 0;
    }
}
