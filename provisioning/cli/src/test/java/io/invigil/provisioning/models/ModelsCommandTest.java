package io.invigil.provisioning.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a technician reads after {@code invigil models install} (protocol.md, section 16). */
class ModelsCommandTest {
    private static final String DETECTOR = "face_detection_yunet_2023mar.onnx";

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new ModelsCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int install(Path from) {
        return run("install", "--from=" + from, "--data-dir=" + directory.resolve("data"));
    }

    @Test
    void aFileWithAnotherHashIsNamedAndNothingIsInstalled() throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.write(source.resolve(DETECTOR), new byte[232_589]);
        assertThat(install(source)).isEqualTo(1);
        assertThat(err.toString())
                .contains(DETECTOR + ": expected SHA-256 8f2383e4dd3cfbb4")
                .contains(DETECTOR + ": found    SHA-256")
                .contains("Nothing was installed.");
        assertThat(run("show", "--data-dir=" + directory.resolve("data"))).isZero();
        assertThat(out.toString()).contains("identity is checked by eye");
    }

    @Test
    void aSourceWithoutModelsSaysWhichFileIsNeeded() {
        assertThat(install(directory)).isEqualTo(1);
        assertThat(err.toString()).contains(DETECTOR + ": needed, not in");
    }

    @Test
    void aSourceThatIsNoDirectorySaysSo() {
        assertThat(install(directory.resolve("nowhere"))).isEqualTo(1);
        assertThat(err.toString()).contains("nowhere is not a directory.");
    }

    @Test
    void theModelsBesideTheProjectAreInstalledAndShown() {
        Path models = Path.of("").toAbsolutePath().getParent().getParent();
        models = models.resolveSibling("shared").resolve("models");
        Assumptions.assumeTrue(Files.isDirectory(models), "skipped: no models in " + models);
        assertThat(install(models)).as(err.toString()).isZero();
        assertThat(out.toString()).contains(DETECTOR + ": installed (licence MIT)");
        assertThat(run("show", "--data-dir=" + directory.resolve("data"))).isZero();
        assertThat(out.toString()).contains("Recogniser: mobileface-v2-112");
    }
}
