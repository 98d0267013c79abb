package io.invigil.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands are there and say no with exit code 1; 2 would be a command that is not known. */
class InvigilCommandTest {
    @TempDir Path directory;

    @Test
    void ordersNoBackupWhereNoHubRuns() {
        assertThat(run("backup", "--data", text(""), "--to", text(""))).isEqualTo(1);
    }

    @Test
    void restoresNothingOfADirectoryThatIsNoBackup() {
        assertThat(run("restore", "--from", text(""), "--data", text("new"))).isEqualTo(1);
        assertThat(directory.resolve("new")).doesNotExist();
    }

    private String text(String name) {
        return directory.resolve(name).toString();
    }

    private static int run(String... arguments) {
        return new CommandLine(new InvigilCommand()).execute(arguments);
    }
}
