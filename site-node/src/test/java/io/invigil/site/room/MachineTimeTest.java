package io.invigil.site.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.room.core.CoreTime;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** XSP/1 section 11: exam time is the machine's own, whatever the wall clock says. */
class MachineTimeTest {
    private static final long MILLI = 1_000_000;

    private long kernelMillis = 5_000;
    private long nanos;
    private int asked;
    private final MachineTime time =
            new MachineTime(Clock.systemUTC(), this::kernel, () -> nanos, "boot-1");

    private long kernel() {
        asked++;
        return kernelMillis;
    }

    @Test
    void goesOnBetweenTwoReadingsOfTheKernelWithoutAskingIt() {
        nanos = 7 * MILLI;
        assertThat(time.now().upMillis()).isEqualTo(5_007);
        nanos = 249 * MILLI;
        assertThat(time.now().upMillis()).isEqualTo(5_249);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void noticesThatTheMachineSleptAtTheNextReading() {
        nanos = 250 * MILLI;
        kernelMillis = 65_250;
        assertThat(time.now().upMillis()).isEqualTo(65_250);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void neverGoesBackWhenTheKernelsHundredthsLieBehind() {
        nanos = 249 * MILLI;
        assertThat(time.now().upMillis()).isEqualTo(5_249);
        nanos = 251 * MILLI;
        kernelMillis = 5_240;
        assertThat(time.now().upMillis()).isEqualTo(5_249);
        nanos = 262 * MILLI;
        assertThat(time.now().upMillis()).isEqualTo(5_251);
    }

    @Test
    void thisMachinesOwnTimeRuns() {
        MachineTime own = MachineTime.of(Clock.systemUTC(), Entropy.secure());
        CoreTime first = own.now();
        assertThat(own.now().upMillis()).isGreaterThanOrEqualTo(first.upMillis());
        assertThat(first.boot()).isNotBlank();
    }
}
