package io.invigil.provisioning.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.protocol.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code invigil doctor} on a machine whose node does not run (issue 3, part 8). A running node is
 * asked in the acceptance tests, an enrolled one that stands is read in the site node's.
 */
class DoctorCommandTest {
    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new DoctorCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void aMachineBeforeEnrolmentIsWarnedOfItsOneDisk() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        int code = run("--data-dir=" + data, "--json", "--lang=en");
        JsonNode report = json();
        assertThat(code).isEqualTo(report.path("worst").asText().equals("FAILED") ? 2 : 1);
        assertThat(report.findValuesAsText("symptom")).contains("SECOND_DEVICE_NONE");
        assertThat(report.findValuesAsText("title")).contains("Second device");
    }

    @Test
    void aDiskThatCannotBeWrittenToIsAFaultAndExitCodeTwo() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path pulled = directory.resolve("pulled out");
        assertThat(run("--data-dir=" + data, "--second-device=" + pulled)).isEqualTo(2);
        assertThat(out.toString()).contains("FAIL 写盘速度: A p50", "B NoSuchFileException", "→ 检查连接");
    }

    @Test
    void aDirectoryThatSomethingElseHoldsIsNotChecked() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (DataDirectory held = DataDirectory.open(data)) {
            assertThat(run("--data-dir=" + held.root())).isEqualTo(3);
        }
        assertThat(err.toString()).contains("not set up yet");
    }

    @Test
    void whatWasTypedWronglyIsNoFinding() {
        assertThat(run()).isEqualTo(64);
        assertThat(run("--data-dir=" + directory.resolve("nowhere"))).isEqualTo(64);
        assertThat(run("--data-dir=" + directory, "--lang=xx")).isEqualTo(64);
        assertThat(run("--url=https://localhost:1", "--login=li")).isEqualTo(64);
    }

    private JsonNode json() {
        return Json.readTree(out.toString().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
