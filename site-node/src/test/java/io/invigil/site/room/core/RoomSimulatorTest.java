package io.invigil.site.room.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a room may promise whatever is killed (XSP/1, section 2; fault rows 1 to 3). One run is
 * replayed with {@code -Dseed=…}.
 */
class RoomSimulatorTest {

    @Test
    void everyAcknowledgedAnswerSurvivesKillsRebootsAndClockJumps() {
        Long only = Long.getLong("seed");
        if (only != null) {
            run(only);
            return;
        }
        int further = 0;
        for (long seed = 1; seed <= 40; seed++) {
            further += run(seed);
        }
        assertThat(further).as("further attempts were taken").isGreaterThan(20);
    }

    @Test
    @Tag("sim")
    void manyMoreSeeds() {
        int seeds = Integer.getInteger("seeds", 2_000);
        for (long seed = 1_000; seed < 1_000L + seeds; seed++) {
            run(seed);
        }
    }

    private static int run(long seed) {
        try {
            return new RoomSimulator(seed).run(250);
        } catch (AssertionError | RuntimeException violated) {
            throw new AssertionError("room simulator violated with -Dseed=" + seed, violated);
        }
    }
}
