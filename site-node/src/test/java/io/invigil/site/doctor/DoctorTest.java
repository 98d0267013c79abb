package io.invigil.site.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.selftest.Health.Light;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How checks are run (issue 3, part 8). */
class DoctorTest {
    private final List<Check> looked = java.util.Collections.synchronizedList(new ArrayList<>());

    private interface Look {
        Measured look() throws IOException;
    }

    private Probe probe(Check check, Look look) {
        return new Probe() {
            @Override
            public Check check() {
                return check;
            }

            @Override
            public Measured look() throws IOException {
                looked.add(check);
                return look.look();
            }
        };
    }

    @Test
    void whatIsDearIsMadeOnlyWhenAPersonAsks() {
        Doctor doctor =
                new Doctor(
                        List.of(
                                probe(Check.MODELS, () -> Measured.of(Symptom.MODELS_WANTED)),
                                probe(Check.SPACE, () -> Measured.of(Symptom.SPACE_AMPLE))),
                        Clock.systemUTC());
        assertThat(doctor.quick()).extracting(Finding::check).containsExactly(Check.SPACE);
        assertThat(doctor.notMade()).containsExactly(Check.MODELS);
        assertThat(doctor.all()).hasSize(2);
        assertThat(doctor.quick()).as("what it said last").hasSize(2);
        assertThat(looked.stream().filter(c -> c == Check.MODELS)).hasSize(1);
        assertThat(Doctor.worst(doctor.quick())).isEqualTo(Light.WARNING);
        assertThat(doctor.last(Check.MODELS)).isPresent();
    }

    @Test
    void aCheckThatThrowsOrHangsHasFailedAndSaysNothingOfItsInside() {
        CountDownLatch never = new CountDownLatch(1);
        Doctor doctor =
                new Doctor(
                        List.of(
                                probe(
                                        Check.PACKAGES,
                                        () -> {
                                            throw new IOException("secret detail");
                                        }),
                                probe(
                                        Check.BROKER,
                                        () -> {
                                            awaitQuietly(never);
                                            return Measured.of(Symptom.BROKER_REACHED);
                                        })),
                        Clock.systemUTC(),
                        50);
        List<Finding> findings = doctor.all();
        never.countDown();
        assertThat(findings)
                .extracting(Finding::symptom)
                .containsOnly(Symptom.CHECK_BROKE_OFF)
                .hasSize(2);
        assertThat(findings.toString()).doesNotContain("secret detail");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theCentreIsAskedBeforeTheClockIsComparedWithIt() {
        Doctor doctor =
                new Doctor(
                        List.of(
                                probe(Check.CLOCK, () -> Measured.of(Symptom.CLOCK_LEVEL)),
                                probe(Check.HUB, () -> Measured.of(Symptom.HUB_REACHED))),
                        Clock.systemUTC());
        doctor.all();
        assertThat(looked).containsExactly(Check.HUB, Check.CLOCK);
    }

    @Test
    void aCheckHasOneProbe() {
        Probe space = probe(Check.SPACE, () -> Measured.of(Symptom.SPACE_AMPLE));
        assertThatThrownBy(() -> new Doctor(List.of(space, space), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void percentilesAreAtMostFivePercentTooHigh() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentile(99)).isZero();
        for (int at = 1; at <= 1_000; at++) {
            latencies.add(at * 100_000L);
        }
        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.percentile(50).toNanos()).isBetween(50_000_000L, 52_500_000L);
        assertThat(latencies.percentile(99).toNanos()).isBetween(99_000_000L, 100_000_000L);
        assertThat(latencies.max().toMillis()).isEqualTo(100);
        assertThat(latencies.steps()).startsWith("≤1 ms ").contains("≤100 ms ");
    }
}
