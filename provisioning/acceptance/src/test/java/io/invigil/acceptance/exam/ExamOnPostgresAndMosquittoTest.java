package io.invigil.acceptance.exam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.acceptance.fault.FaultBroker;
import io.invigil.protocol.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unattended exam day on PostgreSQL and Mosquitto instead of the embedded parts (must-show E).
 */
class ExamOnPostgresAndMosquittoTest {
    private static final int PEOPLE = 20;
    private static final int ABSENT = 2;
    private static final long MINUTES_MAX = 10;

    @TempDir Path directory;

    @Test
    void playsAndReconcilesOneDay() throws Exception {
        FaultBroker.Kind.MOSQUITTO.assumeInstalled();
        Path out = directory.resolve("day.out");
        Process day =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.invigil.provisioning.InvigilCommand",
                                "demo",
                                "--mode=unattended",
                                "--database=postgresql",
                                "--broker=mosquitto",
                                "--people=" + PEOPLE,
                                "--directory=" + directory.resolve("demo-external"))
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            assertThat(day.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as("the day ends").isTrue();
        } finally {
            day.destroy();
        }
        List<String> lines = Files.readAllLines(out);
        assertThat(day.exitValue()).as(String.join("\n", lines)).isZero();
        JsonNode last = Json.mapper().readTree(lines.getLast());
        assertThat(last.path("registered").asInt()).isEqualTo(PEOPLE);
        assertThat(last.path("absent").asInt()).isEqualTo(ABSENT);
        assertThat(last.path("scored").asInt()).isEqualTo(PEOPLE - ABSENT);
        assertThat(last.path("lost").asInt(-1)).isZero();
        assertThat(last.path("duplicated").asInt(-1)).isZero();
        assertThat(last.path("receiptsVerified").asBoolean()).isTrue();
        assertThat(last.path("certificates").asInt()).isPositive();
    }
}
