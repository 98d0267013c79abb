package io.invigil.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** As many people as one package may hold, all at one node, who never stop to think. */
@Isolated("a benchmark measures itself alone")
@Tag("bench")
class CrowdBenchTest {
    /** Two nodes with half each, in rooms without a seat to spare: 2 000 at the fuller one. */
    private static final int PEOPLE = 3_996;

    private static final int CROWD = 2_000;
    private static final int ARRIVING_MAX = 50;
    private static final int NODE_HEAP_MIB = 768;
    private static final Duration UNTIL_START = Duration.ofSeconds(420);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(40);

    private final BenchReport report = BenchReport.ofBuild();

    @Test
    void twoThousandWithoutThinkTime() throws Exception {
        double load = BenchReport.load();
        Path home = Path.of("target", "bench-crowd-demo");
        try (BenchRoom room = new BenchRoom(home, PEOPLE, UNTIL_START, NODE_HEAP_MIB)) {
            room.checkInEverybody();
            room.waitForTheSlot();
            long before = System.nanoTime();
            List<BenchCandidate> crowd = everybodyArrives(room);
            double arrival = (System.nanoTime() - before) / 1e9;
            AtomicInteger failed = new AtomicInteger();
            List<ClosedLoop.Request> saves = new ArrayList<>();
            for (BenchCandidate candidate : crowd) {
                saves.add(() -> save(candidate, failed));
            }
            new ClosedLoop().round(saves, WARM_UP);
            failed.set(0);
            ClosedLoop measured = new ClosedLoop();
            measured.round(saves, MEASURED);
            report.section(
                    "crowdAt2000",
                    crowd.size()
                            + " candidates at one node (-Xmx768m), each with a connection of its"
                            + " own, save their next answer when the one before is answered, for"
                            + " 40 s after 20 s of warming up; clients share the processors",
                    load,
                    List.of(
                            Figure.information("candidates", crowd.size(), "people"),
                            Figure.information("allStarted", arrival, "s"),
                            Figure.information("saves", measured.perSecond(), "saves/s"),
                            Figure.information("saveMean", measured.meanMillis(), "ms"),
                            Figure.information("saveP99", measured.percentileMillis(99), "ms"),
                            Figure.atMost(
                                    "savesFailed",
                                    failed.get(),
                                    "requests",
                                    0,
                                    "see the node's log of this run"),
                            Figure.information(
                                    "nodeResident",
                                    ProcessFigures.residentMiB(room.node().pid()),
                                    "MiB")));
            assertThat(crowd).hasSizeGreaterThanOrEqualTo(PEOPLE / 2);
            assertThat(measured.requests()).isPositive();
        }
    }

    private static void save(BenchCandidate candidate, AtomicInteger failed) {
        try {
            candidate.save();
        } catch (IOException refused) {
            failed.incrementAndGet();
        }
    }

    private static List<BenchCandidate> everybodyArrives(BenchRoom room) throws Exception {
        SSLContext tls = room.tls();
        Semaphore doors = new Semaphore(ARRIVING_MAX);
        List<Callable<BenchCandidate>> arrivals = new ArrayList<>();
        for (int at = 0; at < Math.min(CROWD, room.seats().size()); at++) {
            SampleExam.Seat seat = room.seats().get(at);
            InetAddress machine = SittingLoad.machine(at);
            arrivals.add(
                    () -> {
                        doors.acquire();
                        try {
                            BenchCandidate candidate =
                                    BenchCandidate.arrived(
                                            tls, room.node().httpsPort(), machine, seat);
                            candidate.start();
                            return candidate;
                        } finally {
                            doors.release();
                        }
                    });
        }
        List<BenchCandidate> crowd = BenchRoom.together(arrivals);
        room.sat(crowd);
        return crowd;
    }
}
