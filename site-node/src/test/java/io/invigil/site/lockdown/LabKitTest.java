package io.invigil.site.lockdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.Roster;
import io.invigil.protocol.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The technician's kit for a room of PCs (issue 3, part 5). */
class LabKitTest {
    private static final List<Roster.Room> ROOMS = List.of(new Roster.Room("107室", "一号楼", 60, 6));
    private final LabKit kit = new LabKit("https://node-7:8443", new byte[] {48, 3, 1, 2, 3});
    private final Map<String, byte[]> files = kit.files(ROOMS);

    private String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    @Test
    void browsersMayUseTheCameraHereAndOpenNothingElse() {
        var policy = Json.readTree(files.get("linux/invigil.json")).orElseThrow();
        assertThat(policy.at("/VideoCaptureAllowedUrls/0").asText())
                .isEqualTo("https://node-7:8443");
        assertThat(policy.at("/URLBlocklist/0").asText()).isEqualTo("*");
        assertThat(policy.at("/URLAllowlist/0").asText()).isEqualTo("node-7:8443");
        assertThat(policy.at("/PrintingEnabled").isBoolean()).isTrue();
        assertThat(policy.at("/PrintingEnabled").asBoolean()).isFalse();
        assertThat(policy.at("/DeveloperToolsAvailability").asInt()).isEqualTo(2);
    }

    @Test
    void theRegistrySaysTheSameForBothBrowsersWithWindowsLineEnds() {
        String reg = text("windows/invigil.reg");
        assertThat(reg)
                .contains("Policies\\Google\\Chrome]", "Policies\\Microsoft\\Edge\\URLAllowlist]")
                .contains("\"PrintingEnabled\"=dword:00000000\r\n")
                .contains("\"1\"=\"node-7:8443\"\r\n");
        assertThat(reg.replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void startScriptsBindAPcToItsSeatAndEachRoomHasItsSheet() {
        assertThat(text("linux/start.sh"))
                .contains("https://node-7:8443/login?room=$room&seat=$seat");
        assertThat(text("windows/start.cmd")).contains("/login?room=%~1&seat=%~2");
        assertThat(text("linux/install.sh")).contains("stat -c %U").doesNotContain("%%");
        assertThat(text("check-sheet-107室.html").split("<tr><td>")).hasSize(61);
        assertThat(text("ca.crt")).startsWith("-----BEGIN CERTIFICATE-----\nMAMBAgM=\n");
    }

    @Test
    void theArchiveHoldsEveryFile() throws IOException {
        List<String> names = new ArrayList<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(kit.zip(ROOMS)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName().replace("invigil-lab-kit/", ""));
            }
        }
        assertThat(names).containsExactlyElementsOf(files.keySet());
    }
}
