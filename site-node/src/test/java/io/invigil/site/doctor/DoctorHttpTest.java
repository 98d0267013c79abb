package io.invigil.site.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.selftest.Health.Light;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import io.invigil.site.StoppedNode;
import io.invigil.site.technician.SetupCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of a real node over its own HTTPS, the hub away (issue 3, part 8). */
class DoctorHttpTest {
    @TempDir Path directory;

    @Test
    void aNodeIsCheckedAndFaultsOfItsDisksAreFound() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            site.disk().free(400);
            Client technician = site.client();
            technician.ok(
                    "/api/staff/login",
                    Map.of("login", SetupCode.LOGIN, "password", site.setupCode().text()));
            JsonNode quick = technician.json("/api/technician/checks");
            assertThat(line(quick, Check.WRITES).path("light").isNull()).isTrue();
            assertThat(line(quick, Check.CERTIFICATES).path("light").asText()).isEqualTo("OK");

            JsonNode all = technician.ok("/api/technician/checks", Map.of());
            assertThat(symptom(all, Check.PACKAGES)).isEqualTo("PACKAGES_SOUND");
            assertThat(symptom(all, Check.HUB)).isEqualTo("HUB_AWAY");
            assertThat(symptom(all, Check.BROKER)).isEqualTo("BROKER_AWAY");
            assertThat(symptom(all, Check.SECOND_DEVICE)).isEqualTo("SECOND_DEVICE_SAME_DISK");
            assertThat(line(all, Check.WRITES).path("measured").asText())
                    .contains("A p50", "B p50");
            assertThat(all.path("checks").size()).isEqualTo(Check.values().length);

            damageAPart();
            JsonNode damaged = technician.ok("/api/technician/checks", Map.of());
            assertThat(symptom(damaged, Check.PACKAGES)).isEqualTo("PACKAGES_DAMAGED");
            assertThat(damaged.path("worst").asText()).isEqualTo("FAILED");
            assertThat(damaged.toString())
                    .as("no personal data")
                    .doesNotContain("张1", "2026000001", "110101199003070001", "246001");
        }
    }

    @Test
    void aStoppedNodeIsCheckedOnItsDirectoriesAndNothingOfItChanges() throws Exception {
        SiteFixture site = new SiteFixture(directory);
        site.importPackage(1, 4);
        site.close();
        List<String> ledger = files(directory.resolve("data/ledger"));
        StoppedNode stopped = new StoppedNode(site.settings(), Map.of(), SiteFixture.CLOCK);
        DoctorApi.Report report = stopped.check(Language.EN);
        assertThat(report.node()).isEqualTo("room-107");
        assertThat(report.checks()).extracting(CheckLine::check).containsExactly(Check.values());
        assertThat(report.checks())
                .extracting(line -> line.symptom().orElseThrow())
                .contains(
                        Symptom.PACKAGES_SOUND,
                        Symptom.DATABASE_SOUND,
                        Symptom.CERTIFICATES_VALID,
                        Symptom.BACKLOG_UNKNOWN)
                .doesNotContain(Symptom.CHECK_BROKE_OFF);
        assertThat(files(directory.resolve("data/ledger"))).isEqualTo(ledger);
        damageAPart();
        assertThat(stopped.check(Language.EN).worst()).isEqualTo(Light.FAILED);
    }

    private static List<String> files(Path root) throws Exception {
        try (var files = Files.walk(root)) {
            return files.map(file -> file + " " + file.toFile().length()).sorted().toList();
        }
    }

    private void damageAPart() throws Exception {
        try (var files = Files.walk(directory.resolve("data/parts"))) {
            Path part = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(part);
            bytes[bytes.length / 2] ^= 1;
            Files.write(part, bytes);
        }
    }

    @Test
    void onlyStaffAndWhoCanReadTheDataDirectoryMayAsk() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            Client stranger = site.client();
            assertThat(stranger.get("/api/technician/checks").statusCode()).isEqualTo(401);
            assertThat(stranger.get("/api/local/checks").statusCode()).isEqualTo(403);
            assertThat(
                            stranger.getWith("/api/local/checks", DoctorApi.PASS_HEADER, "00")
                                    .statusCode())
                    .isEqualTo(403);
            Path file = directory.resolve("data").resolve(LocalPass.FILE);
            LocalPass.Kept kept = LocalPass.Kept.read(file).orElseThrow();
            assertThat(
                            stranger.getWith(
                                            "/api/local/checks",
                                            DoctorApi.PASS_HEADER,
                                            kept.pass(),
                                            "Accept-Language",
                                            "en")
                                    .body())
                    .contains("\"worst\"", "Second device");
            assertThat(Files.getPosixFilePermissions(file).toString())
                    .isEqualTo("[OWNER_READ, OWNER_WRITE]");
        }
    }

    private static JsonNode line(JsonNode report, Check check) {
        for (JsonNode line : report.path("checks")) {
            if (line.path("check").asText().equals(check.name())) {
                return line;
            }
        }
        throw new AssertionError(check + " is not in " + report);
    }

    private static String symptom(JsonNode report, Check check) {
        return line(report, check).path("symptom").asText();
    }
}
