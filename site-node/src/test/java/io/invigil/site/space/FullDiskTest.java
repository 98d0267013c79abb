package io.invigil.site.space;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk fills up while an exam is held (XSP/1 section 7; fault rows 16 and 17). */
class FullDiskTest {
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

    private void awaitLevel(SpaceLevel level) throws InterruptedException {
        for (int tries = 0; tries < 1_200 && !level().equals(level.name()); tries++) {
            Thread.sleep(25);
        }
        assertThat(level()).isEqualTo(level.name());
    }

    private String level() {
        return status().path("space").path("level").asText();
    }

    private JsonNode status() {
        return site.proctor("li").json("/api/technician/status");
    }

    @Test
    void fault16And17AnExamGoesOnWithoutNewPackages() throws Exception {
        Path ballast = directory.resolve("data/ledger/ballast");
        site.importPackage(1, 2);
        Client proctor = site.run();
        awaitLevel(SpaceLevel.AMPLE);
        assertThat(ballast).hasSize(FilledDisk.MIB);

        site.disk().free(20);
        awaitLevel(SpaceLevel.ANSWERS_ONLY);
        assertThat(ballast).doesNotExist();
        assertThat(status().path("alarms").toString()).contains("DISK_ANSWERS_ONLY");
        site.hub().writePackage(site.stick(), 2, 4);
        assertThat(site.importStick().path("packages").get(0).path("code").asText())
                .isEqualTo("PACKAGE_NO_SPACE");
        proctor.ok(
                exam("incidents"),
                Map.of("category", "OTHER", "statement", "written while the disk is full"));
        assertThat(proctor.json(exam("state")).path("manifestVersion").asLong()).isEqualTo(1);

        site.disk().free(600);
        awaitLevel(SpaceLevel.AMPLE);
        assertThat(ballast).hasSize(FilledDisk.MIB);
        assertThat(site.importStick().path("packages").get(0).path("version").asLong())
                .isEqualTo(2);
    }

    @Test
    void fault17FilesThatCannotBeReplacedLeaveTheEarlierPackageInForce() throws Exception {
        site.importPackage(1, 2);
        site.hub().writePackage(site.stick(), 2, 4);
        Path incoming = directory.resolve("data/parts/incoming");
        Files.delete(incoming);
        Files.write(incoming, new byte[0]);
        assertThat(site.importStick().path("packages").get(0).path("code").asText())
                .isEqualTo("PACKAGE_SOURCE_BROKEN");
        Files.delete(incoming);
        Files.createDirectory(incoming);
        Path inTheWay = manifest();
        Files.createDirectories(inTheWay.resolve("in-the-way"));
        assertThat(site.importStick().path("packages").get(0).path("code").asText())
                .isEqualTo("PACKAGE_NOT_KEPT");
        assertThat(site.proctor("li").json(exam("state")).path("manifestVersion").asLong())
                .isEqualTo(1);
        Files.delete(inTheWay.resolve("in-the-way"));
        assertThat(site.importStick().path("packages").get(0).path("version").asLong())
                .isEqualTo(2);
    }

    /** Where the next manifest is written before it gets its name. */
    private Path manifest() throws IOException {
        try (var files = Files.list(directory.resolve("data/packages"))) {
            Path current =
                    files.filter(file -> file.toString().endsWith(".manifest"))
                            .findFirst()
                            .orElseThrow();
            return current.resolveSibling(current.getFileName() + ".tmp");
        }
    }
}
