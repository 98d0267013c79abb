package io.invigil.site;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.invigil.site.SiteFixture.Client;
import io.invigil.site.technician.SetupCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node whose disks do not hold what they held (fault rows 84 and 85). */
class SiteDiskFaultsTest {
    private static final int AFTER_THE_FLIP = 200;

    @TempDir Path directory;

    private static List<String> alarms(SiteFixture site) {
        Client technician = site.client();
        technician.ok(
                "/api/staff/login",
                Map.of("login", SetupCode.LOGIN, "password", site.setupCode().text()));
        List<String> codes = new ArrayList<>();
        technician
                .json("/api/technician/status")
                .path("alarms")
                .forEach(alarm -> codes.add(alarm.path("code").asText()));
        return codes;
    }

    private static String history(Client proctor) {
        return proctor.get(exam("history")).body();
    }

    @Test
    void fault85WhenTheHistoryIsAheadOfTheLedgerItIsPutAsideAndRebuiltWhileTheExamGoesOn()
            throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 3);
            site.run();
            site.stop();
            for (String device : List.of("data/ledger", "second")) {
                copy(directory.resolve(device), directory.resolve("older").resolve(device));
            }
            site.restart();
            Client li = site.proctor("li");
            li.ok(exam("check-in"), Map.of("number", "2026000001"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> history(li).contains("\"checked-in\""));
            site.stop();
            for (String device : List.of("data/ledger", "second")) {
                delete(directory.resolve(device));
                copy(directory.resolve("older").resolve(device), directory.resolve(device));
            }
            site.restart();
            Client again = site.proctor("li");
            again.ok(exam("check-in"), Map.of("number", "2026000002"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> alarms(site).contains("HISTORY_AHEAD"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> history(again).contains("\"checked-in\""));
            assertThat(history(again)).doesNotContain("1001").contains("1002");
            assertThat(directory.resolve("data/projection/history.aside-1")).isDirectory();
        }
    }

    @Test
    void fault84AFlipFarBeforeTheEndOfTheOnlyDeviceIsAlarmedAndNothingBehindItIsCut()
            throws Exception {
        Files.writeString(directory.resolve("second"), "no directory: one device alone");
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 2);
            site.run().ok(exam("check-in"), Map.of("number", "2026000001"));
            Client candidate = site.client();
            candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
            long lease =
                    candidate
                            .ok("/api/exam/writer", Map.of("takeover", false))
                            .path("lease")
                            .asLong();
            candidate.ok("/api/exam/start", Map.of("lease", lease));
            candidate.ok("/api/exam/answers", answer(lease, 1));
            long flipAt = Files.size(segment()) - 20;
            for (int revision = 2; revision <= AFTER_THE_FLIP + 1; revision++) {
                candidate.ok("/api/exam/answers", answer(lease, revision));
            }
            site.stop();
            Path segment = segment();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[(int) flipAt] ^= 4;
            Files.write(segment, bytes);
            site.restart();
            assertThat(alarms(site)).contains("LEDGER_CORRUPT");
            assertThat(Files.size(segment)).as("nothing is cut").isEqualTo(bytes.length);
            assertThat(candidate.json("/api/exam/answers").path("answers").path("Q3").toString())
                    .contains("\"v" + (AFTER_THE_FLIP + 1) + "\"");
            candidate.ok("/api/exam/answers", answer(lease, AFTER_THE_FLIP + 2));
        }
    }

    private static Map<String, Object> answer(long lease, int revision) {
        return Map.of(
                "item",
                "Q3",
                "op",
                "op-" + revision,
                "rev",
                revision,
                "lease",
                lease,
                "response",
                Map.of("RESPONSE", List.of("v" + revision)));
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/ledger"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".xsl"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
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
