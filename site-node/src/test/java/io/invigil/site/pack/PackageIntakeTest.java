package io.invigil.site.pack;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages and releases from a stick, into a node that cannot reach its hub. */
class PackageIntakeTest {
    @TempDir Path directory;
    private SiteFixture site;

    @BeforeEach
    void start() throws IOException {
        site = new SiteFixture(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void fault53AnOlderPackageIsRefusedAndTheNewerStaysInForce() throws IOException {
        site.importPackage(2, 4);
        site.hub().writePackage(site.stick(), 1, 2);
        assertThat(decision(site.importStick())).isEqualTo("MANIFEST_VERSION_LOWER");
        site.restart();
        assertThat(decision(site.importStick())).isEqualTo("MANIFEST_VERSION_LOWER");
        JsonNode map = site.proctor("li").json(exam("state"));
        assertThat(map.path("manifestVersion").asLong()).isEqualTo(2);
        assertThat(map.path("rooms").get(0).path("taken").size()).isEqualTo(4);
    }

    @Test
    void fault17AndDamagedPartsLeaveTheEarlierPackageInForce() throws IOException {
        site.importPackage(1, 2);
        site.hub().writePackage(site.stick(), 2, 4);
        for (Path part : parts()) {
            byte[] bytes = Files.readAllBytes(part);
            bytes[bytes.length / 2] ^= 1;
            Files.write(part, bytes);
        }
        assertThat(decision(site.importStick())).isEqualTo("PACKAGE_SOURCE_BROKEN");
        for (Path part : parts()) {
            Files.delete(part);
        }
        assertThat(decision(site.importStick())).isEqualTo("PACKAGE_SOURCE_BROKEN");
        assertThat(site.proctor("li").json(exam("state")).path("manifestVersion").asLong())
                .isEqualTo(1);
        site.importPackage(2, 4);
        assertThat(site.proctor("li").json(exam("state")).path("manifestVersion").asLong())
                .isEqualTo(2);
    }

    @Test
    void fault67APackageOfAnotherHubIsRefused() throws IOException {
        new PaperHub(Instant.now()).writePackage(site.stick(), 1, 2);
        assertThat(decision(site.importStick())).isEqualTo("MANIFEST_UNKNOWN_KEY");
    }

    @Test
    void fault60AReleaseWaitsUntilTheRoomIsReady() throws Exception {
        site.importPackage(1, 2);
        Path release = site.stick().resolve(StickWriter.DIRECTORY).resolve("any.release");
        Files.write(release, site.hub().keyRelease());
        assertThat(site.importStick().path("releases").asInt()).isEqualTo(1);
        Client proctor = site.proctor("li");
        assertThat(open(proctor)).isFalse();
        proctor.ok(exam("phase"), Map.of("to", "READY"));
        for (int tries = 0; tries < 400 && !open(proctor); tries++) {
            Thread.sleep(25);
        }
        assertThat(open(proctor)).isTrue();
    }

    @Test
    void fault58AWrongCodeNamesTheGroupAndFiveTriesAMinuteAreAllowed() throws IOException {
        site.importPackage(1, 2);
        Client proctor = site.proctor("li");
        proctor.ok(exam("phase"), Map.of("to", "READY"));
        String code = site.hub().releaseCode();
        char last = code.charAt(code.length() - 1);
        String slip =
                code.substring(0, code.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
        for (int slips = 0; slips < 7; slips++) {
            assertThat(proctor.refusal(exam("open"), Map.of("code", slip)))
                    .isEqualTo("400 RELEASE_CODE_GROUPS");
        }
        String other = new PaperHub(Instant.now()).releaseCode();
        for (int tries = 0; tries < 5; tries++) {
            assertThat(proctor.refusal(exam("open"), Map.of("code", other)))
                    .isEqualTo("403 RELEASE_CODE_WRONG");
        }
        assertThat(proctor.refusal(exam("open"), Map.of("code", other)))
                .isEqualTo("429 RELEASE_CODE_WAIT");
    }

    @Test
    void theReleaseKeyGoesWhenTheExamCloses() throws IOException {
        site.importPackage(1, 2);
        Client proctor = site.run();
        assertThat(releaseKeys()).hasSize(1);
        proctor.ok(exam("close"), Map.of());
        site.restart();
        assertThat(releaseKeys()).isEmpty();
    }

    private List<Path> releaseKeys() throws IOException {
        try (var files = Files.list(directory.resolve("data/keys"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("release-"))
                    .toList();
        }
    }

    private List<Path> parts() throws IOException {
        try (var files = Files.list(site.stick().resolve(StickWriter.DIRECTORY))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static boolean open(Client proctor) {
        return proctor.json(exam("state")).path("papers").get(0).path("open").asBoolean();
    }

    private static String decision(JsonNode imported) {
        return imported.path("packages").get(0).path("code").asText();
    }
}
