package io.invigil.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.sim.LedgerLoad;
import io.invigil.site.rehearsal.KeptConnection;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Durable saves of a full room, beside the same requests thrown away; memory at 250 candidates. */
@Isolated("a benchmark measures itself alone")
@Tag("bench")
class SavesBenchTest {
    private static final int PEOPLE = 500;
    private static final int STARTED = 250;
    private static final int SAVING = 200;
    private static final int ROUNDS = 4;
    private static final Duration ROUND = Duration.ofMillis(2_500);

    /** Until the compilers of the two servers have mostly done; an exam day is longer. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final Duration UNTIL_START = Duration.ofSeconds(75);
    private static final double MEBIBYTES_NODE = 400;
    private static final double MEBIBYTES_HUB = 900;

    private final BenchReport report = BenchReport.ofBuild();

    @TempDir Path directory;

    @Test
    void savesBesideTheSameRequestsThrownAway() throws Exception {
        double load = BenchReport.load();
        try (BenchRoom room = new BenchRoom("bench-saves", PEOPLE, UNTIL_START);
                DiscardProcess discard =
                        new DiscardProcess(
                                directory.resolve("ca.der"), directory.resolve("discard.log"))) {
            room.everybodyStarts(Math.min(STARTED, room.registered()));
            List<BenchCandidate> saving = room.candidates().subList(0, SAVING);
            measureSaves(room, discard, saving, load);
            for (BenchCandidate candidate : room.candidates()) {
                candidate.save();
            }
            measureMemory(room, load);
            assertThat(saving).allMatch(candidate -> candidate.saves() > 0);
        }
    }

    private void measureSaves(
            BenchRoom room, DiscardProcess discard, List<BenchCandidate> saving, double load)
            throws IOException, InterruptedException {
        List<KeptConnection> others = new ArrayList<>();
        try {
            List<ClosedLoop.Request> kept = new ArrayList<>();
            List<ClosedLoop.Request> thrown = new ArrayList<>();
            for (BenchCandidate candidate : saving) {
                KeptConnection other = candidate.sameVisitorAt(discard.tls(), discard.port());
                others.add(other);
                kept.add(candidate::save);
                thrown.add(() -> candidate.saveInto(other));
            }
            new ClosedLoop().round(thrown, WARM_UP);
            new ClosedLoop().round(kept, WARM_UP);
            ClosedLoop saves = new ClosedLoop();
            ClosedLoop discards = new ClosedLoop();
            Duration nodeBefore = ProcessFigures.processorTime(room.node().pid());
            Duration discardBefore = ProcessFigures.processorTime(discard.pid());
            for (int round = 0; round < ROUNDS; round++) {
                discards.round(thrown, ROUND);
                saves.round(kept, ROUND);
            }
            double nodeMicros =
                    micros(nodeBefore, ProcessFigures.processorTime(room.node().pid()), saves);
            double discardMicros =
                    micros(discardBefore, ProcessFigures.processorTime(discard.pid()), discards);
            LedgerLoad.Result bare =
                    BareLedger.load(
                            directory,
                            saving.stream().map(BenchCandidate::sample).toList(),
                            Duration.ofSeconds(4));
            report.section(
                    "saves",
                    "200 candidates in a closed loop over one kept-alive HTTPS connection each,"
                            + " against a node process (ledger forced on two directories of one"
                            + " disk; when the second is too slow for the ledger it is left out"
                            + " and savesOnTwoDevices is below 1) and against a process with the"
                            + " same chassis that parses the same JSON and throws it away, taking"
                            + " turns of 2.5 s; clients share the processors with the servers",
                    load,
                    figures(saves, discards, bare, nodeMicros, discardMicros, twoDevices(saving)));
        } finally {
            for (KeptConnection other : others) {
                other.close();
            }
        }
    }

    /** Share of the saves that both devices held; a slow device is left out for a while. */
    private static double twoDevices(List<BenchCandidate> saving) {
        double both = saving.stream().mapToInt(BenchCandidate::savesOnTwoDevices).sum();
        return both / saving.stream().mapToInt(BenchCandidate::saves).sum();
    }

    private static double micros(Duration before, Duration after, ClosedLoop loop) {
        return after.minus(before).toNanos() / 1e3 / loop.requests();
    }

    private static List<Figure> figures(
            ClosedLoop saves,
            ClosedLoop discards,
            LedgerLoad.Result bare,
            double nodeMicros,
            double discardMicros,
            double onTwoDevices) {
        String limit =
                String.format(
                        Locale.ROOT,
                        "processor time: the node spends %.0f µs of it on a save, the discarding"
                                + " server %.0f µs on the same request, while the bare ledger alone"
                                + " keeps %.0f facts/s",
                        nodeMicros,
                        discardMicros,
                        bare.factsPerSecond());
        return List.of(
                Figure.information("durableSaves", saves.perSecond(), "saves/s"),
                Figure.information("discardedRequests", discards.perSecond(), "requests/s"),
                Figure.atLeast(
                        "savesToDiscarded",
                        saves.perSecond() / discards.perSecond(),
                        "ratio",
                        0.8,
                        limit),
                Figure.information("savesOnTwoDevices", onTwoDevices, "share"),
                Figure.information("saveP50", saves.percentileMillis(50), "ms"),
                Figure.information("saveP99", saves.percentileMillis(99), "ms"),
                Figure.information("discardedP50", discards.percentileMillis(50), "ms"),
                Figure.information("discardedP99", discards.percentileMillis(99), "ms"),
                Figure.information("nodeProcessorPerSave", nodeMicros, "µs"),
                Figure.information("discardProcessorPerRequest", discardMicros, "µs"),
                Figure.information("bareLedger", bare.factsPerSecond(), "facts/s"),
                Figure.information(
                        "savesToBareLedger", saves.perSecond() / bare.factsPerSecond(), "ratio"));
    }

    private void measureMemory(BenchRoom room, double load) throws IOException {
        report.section(
                "memoryAt250",
                "resident memory (VmRSS) after the saves above: a node with "
                        + room.candidates().size()
                        + " started candidates (-Xmx192m), and its hub with broker, embedded"
                        + " database and twice as many registered (-Xmx512m)",
                load,
                List.of(
                        Figure.atMost(
                                "nodeResident",
                                ProcessFigures.residentMiB(room.node().pid()),
                                "MiB",
                                MEBIBYTES_NODE,
                                "what lies outside a heap of at most 192 MiB (classes,"
                                        + " code, stacks, buffers of 200 busy connections);"
                                        + " not broken down by this run"),
                        Figure.atMost(
                                "hubResident",
                                ProcessFigures.residentMiB(room.world().hub().pid()),
                                "MiB",
                                MEBIBYTES_HUB,
                                "what lies outside a heap of at most 512 MiB;"
                                        + " not broken down by this run")));
    }
}
