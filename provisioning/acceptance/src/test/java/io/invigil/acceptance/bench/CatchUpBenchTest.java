package io.invigil.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One room comes back after a day without a line; memory at 60 candidates; start times. */
@Isolated("a benchmark measures itself alone")
@Tag("bench")
class CatchUpBenchTest {
    private static final int PEOPLE = 120;
    private static final int ROOM = 60;
    private static final int SAVES_EACH = 8 * 60;
    private static final long LINE_BYTES_PER_SECOND = 1_250_000;
    private static final Duration UNTIL_START = Duration.ofSeconds(45);
    private static final Duration ARRIVAL_MAX = Duration.ofMinutes(3);
    private static final double MEBIBYTES_NODE = 400;
    private static final double MEBIBYTES_HUB = 900;
    private static final double START_SECONDS = 3;
    private static final Pattern READY = Pattern.compile("invigil-site ready .*millis=(\\d+)");

    private final BenchReport report = BenchReport.ofBuild();

    @Test
    void oneRoomComesBackAfterEightHours() throws Exception {
        double load = BenchReport.load();
        try (BenchRoom room = new BenchRoom("bench-catch-up", PEOPLE, UNTIL_START)) {
            room.everybodyStarts(ROOM);
            room.world().cutLines();
            List<Callable<Void>> work = new ArrayList<>();
            for (BenchCandidate candidate : room.candidates()) {
                work.add(() -> sit(candidate));
            }
            BenchRoom.together(work);
            catchUp(room, load);
            memory(room, load);
            starts(room, load);
        }
    }

    /** One changed answer a minute for eight hours, as fast as the node takes them. */
    private static Void sit(BenchCandidate candidate) throws IOException {
        for (int save = 0; save < SAVES_EACH; save++) {
            candidate.save();
        }
        candidate.handIn();
        return null;
    }

    private void catchUp(BenchRoom room, double load) throws Exception {
        room.world().lineBytesPerSecond(LINE_BYTES_PER_SECOND);
        // the count follows the ledger a moment later
        BenchRoom.until(
                "every save to be counted as waiting",
                ARRIVAL_MAX,
                () -> room.proctor().waitingForReceipts() > (long) ROOM * SAVES_EACH);
        long behind = room.proctor().waitingForReceipts();
        long start = System.nanoTime();
        room.world().mendLines();
        BenchRoom.until(
                "the first receipt",
                ARRIVAL_MAX,
                () -> room.proctor().waitingForReceipts() < behind);
        double first = seconds(start);
        double resultLane = 0;
        double all = 0;
        while (resultLane == 0 || all == 0) {
            if (resultLane == 0 && handInsAtHub(room) >= ROOM) {
                resultLane = seconds(start);
            }
            if (all == 0 && room.proctor().waitingForReceipts() == 0) {
                all = seconds(start);
            }
            assertThat(seconds(start)).isLessThan(ARRIVAL_MAX.toSeconds());
            Thread.sleep(100);
        }
        report.section(
                "catchUp",
                "60 candidates answered over HTTPS while the line was cut, "
                        + SAVES_EACH
                        + " saves each (one a minute for eight hours, sent without the pauses), and"
                        + " handed in; then the line came back at 10 Mbit/s for each connection and"
                        + " direction; counted from plugging it in, with the node's own waiting"
                        + " before it tries again; results are there when the hub has applied"
                        + " every hand-in",
                load,
                List.of(
                        Figure.information("recordsBehind", behind, "records"),
                        Figure.information("firstReceipt", first, "s"),
                        Figure.information("resultLane", resultLane, "s"),
                        Figure.information("allLanes", all, "s"),
                        Figure.information("recordsPerSecond", behind / (all - first), "1/s")));
    }

    private static int handInsAtHub(BenchRoom room) throws IOException {
        return room.world().hub().ask("progress").path("TAKEN").asInt();
    }

    private void memory(BenchRoom room, double load) throws IOException {
        report.section(
                "memoryAt60",
                "resident memory (VmRSS) after the catch-up: a node with 60 candidates (-Xmx192m)"
                        + " and its hub with broker and embedded database (-Xmx512m)",
                load,
                List.of(
                        Figure.atMost(
                                "nodeResident",
                                ProcessFigures.residentMiB(room.node().pid()),
                                "MiB",
                                MEBIBYTES_NODE,
                                "what lies outside a heap of at most 256 MiB;"
                                        + " not broken down by this run"),
                        Figure.atMost(
                                "hubResident",
                                ProcessFigures.residentMiB(room.world().hub().pid()),
                                "MiB",
                                MEBIBYTES_HUB,
                                "what lies outside a heap of at most 512 MiB;"
                                        + " not broken down by this run")));
    }

    private void starts(BenchRoom room, double load) throws Exception {
        room.node().killAndRestart(Duration.ZERO);
        Path log = room.world().directory().resolve("logs/" + room.node().node().name() + ".log");
        BenchRoom.until("the node's own word", ARRIVAL_MAX, () -> readies(log).size() == 2);
        List<Long> millis = readies(log);
        long start = System.nanoTime();
        room.world().restartHub(0);
        report.section(
                "starts",
                "node: its own figure from main to ready, first with its enrolment, then after a"
                        + " kill with everything to replay; hub: from starting the process to"
                        + " its word that nodes and browsers can come, on data that are there",
                load,
                List.of(
                        Figure.information("nodeFirstStart", millis.get(0) / 1e3, "s"),
                        Figure.atMost(
                                "nodeRestart",
                                millis.get(1) / 1e3,
                                "s",
                                START_SECONDS,
                                "not broken down by this run; it was made at the load average"
                                        + " noted beside it"),
                        Figure.information("hubRestart", seconds(start), "s")));
    }

    private static List<Long> readies(Path log) throws IOException {
        Matcher found = READY.matcher(Files.readString(log));
        return found.results().map(result -> Long.valueOf(result.group(1))).toList();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
