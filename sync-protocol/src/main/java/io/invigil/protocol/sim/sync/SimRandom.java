package io.invigil.protocol.sim.sync;

import io.invigil.protocol.crypto.Entropy;
import java.util.List;
import java.util.SplittableRandom;

/** All chance of a run, from its seed. One thread. */
final class SimRandom {
    private final SplittableRandom random;

    SimRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Entropy entropy() {
        return random::nextBytes;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long low, long high) {
        return low + random.nextLong(high - low + 1);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    void shuffle(List<?> list) {
        java.util.Collections.shuffle(list, new java.util.Random(random.nextLong()));
    }
}
