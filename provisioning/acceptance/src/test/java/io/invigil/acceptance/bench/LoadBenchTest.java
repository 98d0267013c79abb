package io.invigil.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A full room as it is on the day: everybody logs in within a minute, then saves, pictures and
 * three proctors' desks at once, and the disk that fills up meanwhile (XSP/1 section 7).
 */
@Isolated("a benchmark measures itself alone")
@Tag("bench")
class LoadBenchTest {
    private static final int PEOPLE = 500;
    private static final int ROOM = 250;
    private static final int PROCTORS = 3;
    private static final int DISK_MIB = 10_000;
    private static final Duration UNTIL_START = Duration.ofSeconds(170);
    private static final Duration RUSH = Duration.ofSeconds(60);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    private static final Duration PICTURE_EVERY = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(120);
    private static final Duration EACH_LEVEL = Duration.ofSeconds(30);
    private static final double LOGIN_P99_MILLIS = 2_000;
    private static final double SAVE_P99_MILLIS = 50;
    private static final double SCARCE_PERCENT = 8;
    private static final double ANSWERS_ONLY_PERCENT = 3;

    private final BenchReport report = BenchReport.ofBuild();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void aFullRoomAndAFillingDisk() throws Exception {
        double load = BenchReport.load();
        Optional<SmallDisk> disk = SmallDisk.mounted(directory, DISK_MIB);
        Path home = disk.map(SmallDisk::path).orElse(Path.of("target")).resolve("bench-load-demo");
        try (BenchRoom room =
                new BenchRoom(home, PEOPLE, UNTIL_START, DemoSettings.NODE_HEAP_MIB)) {
            room.checkInEverybody();
            PacedLoad logins = new PacedLoad();
            List<BenchCandidate> people = rush(room, logins);
            room.waitForTheSlot();
            for (BenchCandidate candidate : people) {
                candidate.start();
            }
            room.proctor().snapshotsEvery((int) PICTURE_EVERY.toSeconds());
            SittingLoad sitting = new SittingLoad(room, people, SAVE_EVERY, PICTURE_EVERY);
            List<LiveListener> desks = new ArrayList<>();
            try {
                for (int at = 0; at < PROCTORS; at++) {
                    desks.add(new LiveListener(room.node()));
                }
                sitting.run(WARM_UP);
                SittingLoad.Stretch measured = sitting.run(MEASURED);
                reportRoom(room, logins, measured, desks, load, disk.isPresent());
                if (disk.isPresent()) {
                    fillAndClean(room, sitting, disk.get());
                }
            } finally {
                sitting.close();
                for (LiveListener desk : desks) {
                    desk.close();
                }
            }
        } finally {
            if (disk.isPresent()) {
                disk.get().close();
            }
        }
    }

    private static List<BenchCandidate> rush(BenchRoom room, PacedLoad logins) throws Exception {
        SSLContext tls = room.tls();
        ConcurrentLinkedQueue<BenchCandidate> arrived = new ConcurrentLinkedQueue<>();
        List<PacedLoad.Person> arrivals = new ArrayList<>();
        for (int at = 0; at < ROOM; at++) {
            SampleExam.Seat seat = room.seats().get(at);
            InetAddress machine = SittingLoad.machine(at);
            arrivals.add(
                    new PacedLoad.Person(
                            () ->
                                    arrived.add(
                                            BenchCandidate.arrived(
                                                    tls, room.node().httpsPort(), machine, seat)),
                            RUSH.multipliedBy(at).dividedBy(ROOM),
                            Duration.ZERO));
        }
        logins.run(arrivals, RUSH);
        room.sat(arrived);
        return List.copyOf(arrived);
    }

    private void reportRoom(
            BenchRoom room,
            PacedLoad logins,
            SittingLoad.Stretch measured,
            List<LiveListener> desks,
            double load,
            boolean ownDisk)
            throws IOException {
        long lost = desks.stream().filter(LiveListener::isLost).count();
        report.section(
                "roomAt250",
                "250 lab machines log in within 60 s (connection, page and login together), then"
                        + " each saves every 5 s and sends a picture of 30 KiB every 30 s, for 120"
                        + " s, with three proctors' desks listening; every request counts from the"
                        + " moment it was due; clients share the processors with node and hub; "
                        + (ownDisk
                                ? "all on an ext4 of 10 GB in a file of the machine's disk"
                                : "on the machine's disk"),
                load,
                List.of(
                        none("loginsFailed", logins),
                        Figure.information("loginP50", logins.percentileMillis(50), "ms"),
                        Figure.atMost(
                                "loginP99",
                                logins.percentileMillis(99),
                                "ms",
                                LOGIN_P99_MILLIS,
                                "the processors: two for clients, node and hub"),
                        none("savesFailed", measured.saves()),
                        Figure.information("saves", measured.saves().answered(), "saves"),
                        Figure.information("saveP50", measured.saves().percentileMillis(50), "ms"),
                        Figure.atMost(
                                "saveP99",
                                measured.saves().percentileMillis(99),
                                "ms",
                                SAVE_P99_MILLIS,
                                "not broken down by this run; forcing to disk and the processors"
                                        + " that clients, node and hub share"),
                        none("picturesFailed", measured.pictures()),
                        Figure.information(
                                "pictureP99", measured.pictures().percentileMillis(99), "ms"),
                        Figure.atMost("desksLost", lost, "desks", 0, "see the node's log"),
                        Figure.information(
                                "liveEvents",
                                desks.stream().mapToInt(LiveListener::events).sum(),
                                "events"),
                        Figure.information(
                                "nodeResident",
                                ProcessFigures.residentMiB(room.node().pid()),
                                "MiB")));
        assertThat(desks).allMatch(desk -> desk.events() > 0);
    }

    private static Figure none(String name, PacedLoad load) {
        return Figure.atMost(name, load.failed(), "requests", 0, load.reasons());
    }

    /** The ladder while everybody goes on: told by the node's own status and by what it refuses. */
    private void fillAndClean(BenchRoom room, SittingLoad sitting, SmallDisk disk)
            throws Exception {
        double load = BenchReport.load();
        disk.fillTo(SCARCE_PERCENT);
        room.awaitSpace("SCARCE");
        SittingLoad.Stretch scarce = sitting.run(EACH_LEVEL);
        disk.fillTo(ANSWERS_ONLY_PERCENT);
        room.awaitSpace("ANSWERS_ONLY");
        SittingLoad.Stretch answersOnly = sitting.run(EACH_LEVEL);
        disk.clean();
        room.awaitSpace("AMPLE");
        SittingLoad.Stretch ample = sitting.run(EACH_LEVEL);
        report.section(
                "fullDiskAt250",
                "the same room goes on while foreign data fill its disk to 8 % free, to 3 %, and"
                        + " are deleted again, 30 s each; refused pictures are those that the"
                        + " ladder refuses by name",
                load,
                List.of(
                        none("savesFailedScarce", scarce.saves()),
                        none("savesFailedAnswersOnly", answersOnly.saves()),
                        none("savesFailedAfterwards", ample.saves()),
                        Figure.information(
                                "saveP99Scarce", scarce.saves().percentileMillis(99), "ms"),
                        Figure.information(
                                "saveP99AnswersOnly",
                                answersOnly.saves().percentileMillis(99),
                                "ms"),
                        Figure.information(
                                "saveP99Afterwards", ample.saves().percentileMillis(99), "ms"),
                        none("picturesFailed", scarce.pictures()),
                        Figure.information("picturesKeptScarce", scarce.kept(), "pictures"),
                        Figure.information(
                                "picturesKeptAnswersOnly", answersOnly.kept(), "pictures"),
                        Figure.information(
                                "picturesRefusedAnswersOnly", answersOnly.refused(), "pictures"),
                        Figure.information("picturesKeptAfterwards", ample.kept(), "pictures")));
        assertThat(scarce.kept()).isPositive();
        assertThat(answersOnly.kept()).isZero();
        assertThat(answersOnly.refused()).isPositive();
        assertThat(ample.refused()).isZero();
    }
}
