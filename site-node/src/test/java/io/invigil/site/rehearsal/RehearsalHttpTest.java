package io.invigil.site.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal on a real node beside a real package (issue 3, part 8). */
class RehearsalHttpTest {
    private static final String PATH = "/api/technician/rehearsal";

    @TempDir Path directory;

    @Test
    void simulatedCandidatesSitOverTheRealInterfaceAndNothingOfItStays() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            site.disk().free(400);
            Client proctor = site.proctor("li");
            List<String> before = left();
            long position = position(proctor);
            JsonNode started = proctor.ok(PATH, Map.of("candidates", 6, "seconds", 3));
            assertThat(started.path("running").path("candidates").asInt()).isEqualTo(6);
            assertThat(proctor.refusal(PATH, Map.of("candidates", 6, "seconds", 3)))
                    .isEqualTo("409 REHEARSAL_RUNS");
            assertThat(proctor.json("/api/room/exams").toString())
                    .contains(PaperHub.EXAM)
                    .doesNotContain(RehearsalExam.PREFIX);
            JsonNode last = awaitEnd(proctor);

            assertThat(last.path("problem").asText()).isEmpty();
            Map<String, String> figures = figures();
            assertThat(figures)
                    .containsEntry("FAILED", "0")
                    .containsEntry("LOST", "0")
                    .containsEntry("DUPLICATED", "0")
                    .containsEntry("HANDED_IN", "6");
            assertThat(figures.get("SAVE_P99")).endsWith(" ms");
            assertThat(left()).as("nothing of it stays but its figures").isEqualTo(before);
            assertThat(position(proctor))
                    .as("the real ledger: its own checkpoint at most")
                    .isBetween(position, position + 1);
            assertThat(everyByteUnder(directory)).doesNotContain("模拟考生");
        }
    }

    @Test
    void thereIsNoRehearsalOnceARealExamIsReady() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            site.disk().free(400);
            Client proctor = site.proctor("li");
            assertThat(proctor.refusal(PATH, Map.of("candidates", 0, "seconds", 30)))
                    .isEqualTo("409 REHEARSAL_OUT_OF_RANGE");
            assertThat(
                            proctor.refusal(
                                    PATH,
                                    Map.of(
                                            "candidates",
                                            RehearsalOrder.CANDIDATES_MAX + 1,
                                            "seconds",
                                            30)))
                    .isEqualTo("409 REHEARSAL_OUT_OF_RANGE");
            proctor.ok(SiteFixture.exam("phase"), Map.of("to", "READY"));
            assertThat(proctor.refusal(PATH, Map.of("candidates", 6, "seconds", 30)))
                    .isEqualTo("409 REHEARSAL_EXAM_UNDER_WAY");
            assertThat(proctor.json(PATH).path("objection").asText()).isNotEmpty();
            assertThat(site.client().get(PATH).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whatADeadNodeLeftOfARehearsalIsDeletedAtTheNextStart() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            Path ledger = Files.createDirectories(directory.resolve("data/rehearsal/ledger"));
            Files.writeString(ledger.resolve("old"), "模拟考生 1");
            Files.createDirectories(directory.resolve("second/rehearsal"));
            site.restart();
            assertThat(directory.resolve("data/rehearsal")).doesNotExist();
            assertThat(directory.resolve("second/rehearsal")).doesNotExist();
        }
    }

    private static long position(Client client) {
        return client.json("/api/technician/status").path("ledgerPosition").asLong();
    }

    private JsonNode awaitEnd(Client client) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> client.json(PATH).path("running").isNull());
        return client.json(PATH).path("last");
    }

    private Map<String, String> figures() throws IOException {
        byte[] kept = Files.readAllBytes(directory.resolve("data/rehearsal.json"));
        RehearsalResult result = Json.read(kept, RehearsalResult.class).orElseThrow();
        Map<String, String> figures = new java.util.TreeMap<>();
        result.lines().forEach(line -> figures.put(line.figure().name(), line.measured()));
        return figures;
    }

    /** Directories, which a rehearsal would add to. */
    private List<String> left() throws IOException {
        try (var tree = Files.walk(directory)) {
            return tree.filter(Files::isDirectory).map(Path::toString).sorted().toList();
        }
    }

    private static String everyByteUnder(Path root) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) < 4 * 1024 * 1024) {
                    all.write(Files.readAllBytes(file));
                }
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
