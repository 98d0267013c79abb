package io.invigil.site.diagnostics;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.exam.pack.Roster;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import io.invigil.site.doctor.LocalPass;
import io.invigil.site.technician.NodeKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a technician takes away (issue 3, part 8): a sheet to sign, a bundle without persons. */
class DiagnosticsHttpTest {
    private static final String ANSWER = "the secret answer of seat one";

    @TempDir Path directory;

    @Test
    void theBundleHoldsNoNameNumberPinAnswerOrKeyOfARunningExam() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            site.disk().free(400);
            Client proctor = site.run();
            sit(site, proctor);
            Roster roster = site.hub().make(1, 4).pack().roster();
            gossip(roster);
            Map<String, String> files = unzip(proctor.bytes("/technician/diagnostics.zip"));

            assertThat(files)
                    .containsKeys(
                            "about.json",
                            "configuration.json",
                            "checks.json",
                            "alarms.json",
                            "ledger.json",
                            "threads.txt",
                            "log.txt");
            assertThat(files.get("log.txt")).contains("gossip", Redaction.GONE);
            assertThat(files.get("threads.txt")).contains("room-writer", "    at ");
            assertThat(files.get("configuration.json")).contains("second", "Asia/Shanghai");
            JsonNode ledger = Json.readTree(files.get("ledger.json").getBytes()).orElseThrow();
            assertThat(ledger.get(0).path("lanes").path("RES").get(0).asLong()).isPositive();
            List<String> secrets = secrets(site, roster);
            assertThat(secrets).hasSizeGreaterThan(40);
            files.forEach(
                    (name, text) -> {
                        for (String secret : secrets) {
                            assertThat(text).as("%s", name).doesNotContain(secret);
                        }
                    });
            assertThat(site.client().get("/technician/diagnostics.zip").statusCode())
                    .isNotEqualTo(200);
        }
    }

    private void sit(SiteFixture site, Client proctor) {
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        Client candidate = site.client();
        candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
        long lease =
                candidate.ok("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        candidate.ok("/api/exam/start", Map.of("lease", lease));
        Map<String, Object> save = new LinkedHashMap<>();
        save.put("item", "Q3");
        save.put("op", "op-1");
        save.put("rev", 1);
        save.put("lease", lease);
        save.put("response", Map.of("RESPONSE", List.of(ANSWER)));
        candidate.ok("/api/exam/answers", save);
    }

    /** What a careless part might log one day. */
    private void gossip(Roster roster) throws IOException {
        System.Logger log = System.getLogger("gossip");
        for (Roster.Entry entry : roster.entries()) {
            log.log(
                    System.Logger.Level.WARNING,
                    "考生{0}（{1}）准考证{2}密码{3}",
                    entry.name(),
                    entry.idNumber(),
                    entry.admissionNumber(),
                    entry.pin());
        }
        log.log(
                System.Logger.Level.WARNING,
                "key " + HexFormat.of().formatHex(dataKey()),
                new IllegalStateException(ANSWER));
        log.log(System.Logger.Level.WARNING, "at rtsp://user:hidden-password@camera/1");
    }

    private byte[] dataKey() throws IOException {
        return Files.readAllBytes(directory.resolve("data/data.key"));
    }

    private List<String> secrets(SiteFixture site, Roster roster) throws IOException {
        List<String> secrets =
                new ArrayList<>(
                        List.of(
                                ANSWER,
                                PaperHub.PASSWORD,
                                "hidden-password",
                                site.hub().releaseCode(),
                                site.setupCode().text()));
        for (Roster.Entry entry : roster.entries()) {
            secrets.addAll(
                    List.of(
                            entry.name(),
                            entry.idNumber(),
                            entry.admissionNumber(),
                            entry.candidateNumber(),
                            entry.pin()));
        }
        for (Roster.Staff staff : roster.staff()) {
            secrets.add(staff.passwordHash());
        }
        Path pass = directory.resolve("data").resolve(LocalPass.FILE);
        secrets.add(LocalPass.Kept.read(pass).orElseThrow().pass());
        DataKey dataKey = DataKey.of(dataKey());
        NodeKeys keys =
                NodeKeys.open(
                        new KeyFile(directory.resolve("data/keys"), dataKey, Entropy.secure()),
                        Entropy.secure());
        for (byte[] key :
                List.of(
                        dataKey(),
                        dataKey.derive("ledger"),
                        dataKey.derive("derby"),
                        keys.signing().seed(),
                        keys.seal().bytes(),
                        keys.client().getPrivate().getEncoded(),
                        keys.server().getPrivate().getEncoded())) {
            secrets.add(HexFormat.of().formatHex(key));
            secrets.add(Base64.getEncoder().encodeToString(key));
            secrets.add(new String(key, StandardCharsets.ISO_8859_1));
        }
        return secrets;
    }

    private static Map<String, String> unzip(byte[] zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void theCheckSheetHasEachCheckWithItsMeasurementABoxAndPlacesToSign() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            site.disk().free(400);
            Client proctor = site.proctor("li");
            assertThat(state(proctor, "CHECK_SHEET")).isEqualTo("BLOCKED");
            assertThat(state(proctor, "ENROL")).isEqualTo("DONE");
            assertThat(state(proctor, "STORAGE")).isEqualTo("NEXT");
            byte[] pdf = proctor.bytes("/technician/check-sheet.pdf");
            String text;
            try (PDDocument document = Loader.loadPDF(pdf)) {
                text = new PDFTextStripper().getText(document).replaceAll("\\s+", "");
            }
            assertThat(text)
                    .contains("设备检查表", "room-107", "写盘速度", "Ap50", "第二存储设备", "□")
                    .contains("技术员", "还没有演练")
                    .doesNotContain("张1", "2026000001");
            assertThat(state(proctor, "PACKAGE"))
                    .as("found by the sheet's checks")
                    .isEqualTo("DONE");
            assertThat(state(proctor, "LAB_KIT")).isEqualTo("OPEN");
            proctor.bytes("/technician/lab/kit.zip");
            assertThat(state(proctor, "LAB_KIT")).isEqualTo("DONE");
            site.restart();
            assertThat(state(site.proctor("li"), "LAB_KIT")).isEqualTo("DONE");
        }
    }

    private static String state(Client client, String task) {
        for (JsonNode each : client.json("/api/technician/setup").path("tasks")) {
            if (each.path("task").asText().equals(task)) {
                return each.path("state").asText();
            }
        }
        throw new AssertionError(task);
    }
}
