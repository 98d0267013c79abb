package io.invigil.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.ProctorClient;
import io.invigil.provisioning.demo.RoomClient;
import io.invigil.provisioning.demo.SampleExam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Two real room servers and a real hub: while one room's process stands still for the minute of row
 * 74, the disk of the other loses records (row 84) and gets them back over its line (XSP-129).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(OS.LINUX)
class RoomProcessFaultsTest {
    private static final int PEOPLE = 33;
    private static final int BEFORE_THE_FLIP = 20;
    private static final int AFTER_THE_FLIP = 205;
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private DemoWorld world;

    @BeforeAll
    void startTwoRooms() throws Exception {
        world =
                new DemoWorld(
                        new DemoSettings(
                                Path.of("target", "demo-room-faults").toAbsolutePath(),
                                PEOPLE,
                                Duration.ofSeconds(5),
                                DemoCommand.DatabaseKind.derby,
                                DemoCommand.BrokerKind.embedded,
                                false));
        world.start();
        world.publish();
        world.hub().ask("release");
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void fault74And84OneRoomStandsStillForAMinuteAndTheOtherLosesRecordsOfItsOnlyDisk()
            throws Exception {
        NodeProcess still = world.nodes().getFirst();
        try (ProctorClient proctor = running(still)) {
            SampleExam.Seat seat = seatOf(still);
            proctor.checkIn(seat.admissionNumber());
            try (RoomClient first = candidate(still, seat, "lab-pc-0001")) {
                long lease = writer(first);
                assertThat(first.post("/api/exam/start", Map.of("lease", lease)).ok()).isTrue();
                String item = anItem(first);
                assertThat(save(first, item, lease, 1)).isEqualTo("kept");
                long stopped = System.nanoTime();
                signal(still, "STOP");
                try {
                    damagedDiskIsRepairedFromTheHub(world.nodes().getLast());
                    await().atMost(PAUSE.plus(PATIENCE))
                            .until(() -> System.nanoTime() - stopped >= PAUSE.toNanos());
                } finally {
                    signal(still, "CONT");
                }
                assertThat(save(first, item, lease, 2)).as("it goes on alone").isEqualTo("kept");
                try (RoomClient second = candidate(still, seat, "lab-pc-0002")) {
                    long taken = writer(second);
                    assertThat(taken).isEqualTo(lease + 1);
                    assertThat(save(first, item, lease, 3)).isEqualTo("WRITER_ELSEWHERE");
                    assertThat(save(second, item, taken, 3)).isEqualTo("kept");
                }
            }
            await().atMost(PATIENCE).until(() -> proctor.waitingForReceipts() == 0);
            assertThat(alarms(proctor))
                    .as("the centre saw one signer")
                    .noneMatch(code -> code.contains("CLONE") || code.contains("FORK"));
        }
    }

    /** One device from here on; a flip 200 records before its end, then kill -9. */
    private void damagedDiskIsRepairedFromTheHub(NodeProcess room) throws Exception {
        Path home = world.directory().resolve(room.node().name());
        room.close();
        Path second = home.resolve("second-device");
        delete(second);
        Files.writeString(second, "no directory: one device alone");
        room.start();
        room.awaitUp();
        Path segment;
        byte[] damaged;
        long sitting = seatOf(room).sitting();
        try (ProctorClient proctor = signedIn(room)) {
            report(proctor, sitting, BEFORE_THE_FLIP);
            segment = newestSegment(home);
            long flipAt = Files.size(segment) - 20;
            report(proctor, sitting, AFTER_THE_FLIP);
            await().atMost(PATIENCE).until(() -> proctor.waitingForReceipts() == 0);
            kill(room);
            damaged = Files.readAllBytes(segment);
            damaged[(int) flipAt] ^= 4;
            Files.write(segment, damaged);
        }
        room.start();
        room.awaitUp();
        try (ProctorClient proctor = signedIn(room)) {
            await().atMost(PATIENCE).until(() -> alarms(proctor).contains("LEDGER_RESTORED"));
            assertThat(alarms(proctor)).contains("LEDGER_CORRUPT");
            assertThat(Files.readAllBytes(segment)).as("nothing is cut").startsWith(damaged);
        }
        kill(room);
        room.start();
        room.awaitUp();
        try (ProctorClient proctor = signedIn(room)) {
            assertThat(proctor.state().path("incidents").asInt())
                    .as("every fact is there again")
                    .isEqualTo(BEFORE_THE_FLIP + AFTER_THE_FLIP);
            assertThat(alarms(proctor)).doesNotContain("LEDGER_RESTORED");
        }
    }

    private static void report(ProctorClient proctor, long sitting, int count) {
        for (int number = 0; number < count; number++) {
            proctor.incident(sitting, "OTHER", "第 " + number + " 条");
        }
    }

    private static ProctorClient signedIn(NodeProcess room) {
        ProctorClient proctor = new ProctorClient(room);
        assertThat(proctor.login()).isTrue();
        assertThat(proctor.exam()).isPresent();
        return proctor;
    }

    private static ProctorClient running(NodeProcess room) {
        ProctorClient proctor = signedIn(room);
        proctor.phase("READY");
        await().atMost(PATIENCE)
                .until(
                        () ->
                                proctor.state().path("papers").findValues("open").stream()
                                        .allMatch(JsonNode::asBoolean));
        proctor.phase("CHECK_IN");
        proctor.phase("RUNNING");
        return proctor;
    }

    private SampleExam.Seat seatOf(NodeProcess room) {
        return world.sample().seats().stream()
                .filter(room.node()::serves)
                .findFirst()
                .orElseThrow();
    }

    private static RoomClient candidate(NodeProcess room, SampleExam.Seat seat, String device) {
        RoomClient client = new RoomClient(room);
        client.token();
        Map<String, String> login =
                Map.of("number", seat.admissionNumber(), "pin", seat.pin(), "device", device);
        assertThat(client.post("/api/exam/login", login).ok()).isTrue();
        return client;
    }

    private static long writer(RoomClient client) {
        RoomClient.Answer writer = client.post("/api/exam/writer", Map.of("takeover", true));
        assertThat(writer.ok()).as("%s", writer.json()).isTrue();
        return writer.json().path("lease").asLong();
    }

    /** One that takes any text. */
    private static String anItem(RoomClient client) {
        for (JsonNode section : client.get("/api/exam/paper").json().path("sections")) {
            for (JsonNode item : section.path("items")) {
                if (item.path("interactions").path(0).path("kind").asText().equals("choice")) {
                    return item.path("id").asText()
                            + " "
                            + item.path("interactions").path(0).path("responseIdentifier").asText()
                            + " "
                            + item.path("interactions")
                                    .path(0)
                                    .path("options")
                                    .path(0)
                                    .path("id")
                                    .asText();
                }
            }
        }
        throw new AssertionError("the sample paper has a choice");
    }

    private static String save(RoomClient client, String item, long lease, int revision) {
        String[] parts = item.split(" ");
        RoomClient.Answer saved =
                client.post(
                        "/api/exam/answers",
                        Map.of(
                                "item",
                                parts[0],
                                "op",
                                "op-" + revision + "-" + lease,
                                "rev",
                                revision,
                                "lease",
                                lease,
                                "response",
                                Map.of(parts[1], List.of(parts[2]))));
        return saved.ok() ? "kept" : saved.code();
    }

    private static List<String> alarms(ProctorClient proctor) {
        List<String> codes = new ArrayList<>();
        proctor.alarms().forEach(alarm -> codes.add(alarm.path("code").asText()));
        return codes;
    }

    private static void signal(NodeProcess room, String name)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(room.pid())).start().waitFor();
    }

    private static void kill(NodeProcess room) throws Exception {
        ProcessHandle process = ProcessHandle.of(room.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Path newestSegment(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("data/ledger"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("seg-"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow();
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
