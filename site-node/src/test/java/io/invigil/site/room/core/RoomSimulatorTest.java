package io.invigil.site.room.core;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replays one run with {@code -Dseed=…}. */
class RoomSimulatorTest {

    @Test
    void everyAcknowledgedAnswerSurvivesKillsRebootsAndClockJumps() {
        Long only = Long.getLong("seed");
        if (only != null) {
            run(only);
            return;
        }
        for (long seed = 1; seed <= 40; seed++) {
            run(seed);
        }
    }

    @Test
    @Tag("sim")
    void manyMoreSeeds() {
        int seeds = Integer.getInteger("seeds", 2_000);
        for (long seed = 1_000; seed < 1_000L + seeds; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        try {
            new RoomSimulator(seed).run(250);
        } catch (AssertionError | RuntimeException violated) {
            throw new AssertionError("room simulator violated with -Dseed=" + seed, violated);
        }
    }
}
