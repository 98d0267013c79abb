package io.invigil.hub.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Arrangement of 10 000 to 1 000 000 registrations over 200 sites (issue 4 part 7). */
@Tag("bench")
class ArrangementBenchTest {
    private static final int SITES = 200;
    private static final double FILL = 0.985;
    private static final long SEED = 20261120L;
    private static final int SMALL = 10_000;
    private static final int MIDDLE = 100_000;
    private static final int LARGE = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Wall time, the thread's processor time without the collector's, and what was allocated. */
    private record Run(double seconds, double cpuSeconds, double bytes) {}

    @Test
    void arrangesAMillionRegistrations() throws IOException {
        double load = BenchReport.load();
        measure(MIDDLE, 3);
        Run small = measure(SMALL, 20);
        Run middle = measure(MIDDLE, 5);
        Run large = measure(LARGE, 5);
        double ratio = large.seconds() / LARGE / (small.seconds() / SMALL);
        double memory = large.bytes() / LARGE / (small.bytes() / SMALL);
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.atMost("arrange100000", middle.seconds(), "s", 5, "the processor's speed"));
        figures.add(
                Figure.atMost("arrange1000000", large.seconds(), "s", 60, "the processor's speed"));
        figures.add(Figure.information("arrange10000", small.seconds(), "s"));
        figures.add(
                Figure.atMost(
                        "timePerRegistration1000000To10000",
                        ratio,
                        "ratio",
                        1.5,
                        "caches and collector: the problem of a million fits into neither cache nor"
                                + " nursery"));
        figures.add(
                Figure.information(
                        "processorTimePerRegistration1000000To10000",
                        large.cpuSeconds() / LARGE / (small.cpuSeconds() / SMALL),
                        "ratio"));
        figures.add(
                Figure.atMost(
                        "memoryPerRegistration1000000To10000",
                        memory,
                        "ratio",
                        1.5,
                        "arrays that grow by doubling"));
        figures.add(Figure.information("allocatedPerRegistration", large.bytes() / LARGE, "bytes"));
        BenchReport.ofBuild()
                .section(
                        "arrangement",
                        "registrations of two subjects each over 200 sites, seats "
                                + FILL
                                + " full, partly overlapping slots, every tenth school borrows;"
                                + " best of the runs after a warm-up; without reading and storing,"
                                + " each result judged by the independent check",
                        load,
                        figures);
    }

    private Run measure(int registrations, int rounds) {
        ArrangementProblem problem = TightProblems.of(registrations, SITES, FILL, SEED);
        double best = Double.MAX_VALUE;
        double cpu = Double.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        ArrangementOutcome outcome = null;
        for (int round = 0; round < rounds; round++) {
            outcome = null;
            System.gc();
            long before = threads.getCurrentThreadAllocatedBytes();
            long busy = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            outcome = new Arranger().arrange(problem, SEED);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
            cpu = Math.min(cpu, (threads.getCurrentThreadCpuTime() - busy) / 1e9);
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(outcome).isInstanceOf(ArrangementOutcome.Arranged.class);
        assertThat(
                        new ArrangementCheck()
                                .violations(
                                        problem,
                                        ((ArrangementOutcome.Arranged) outcome).placements()))
                .isEmpty();
        return new Run(best, cpu, bytes);
    }
}
