package io.invigil.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir Path directory;

    enum Mode {
        FAST_START,
        SLOW
    }

    record Web(@Default("8443") int httpPort, @Default("30s") Duration idle) {
        Web {
            if (httpPort < 1) {
                throw new IllegalArgumentException("http-port must be positive");
            }
        }
    }

    record Room(String name, @Default("30") int seats) {}

    record Settings(
            String node,
            Web web,
            Optional<Web> admin,
            Optional<Secret> password,
            @Default("slow") Mode mode,
            @Default("a, b") List<String> tags,
            List<Room> rooms,
            Map<String, String> labels) {}

    private Settings read(String yaml, Map<String, String> environment) throws IOException {
        Path file = directory.resolve("site.yaml");
        Files.writeString(file, yaml);
        return Config.read(Settings.class, Optional.of(file), environment);
    }

    private List<String> problems(String yaml, Map<String, String> environment) {
        try {
            read(yaml, environment);
            return List.of();
        } catch (ConfigRefused refused) {
            return refused.problems();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void readsEveryShapeAndFillsInDefaults() throws IOException {
        Settings settings =
                read(
                        """
                        node: n1
                        web: {http-port: 9443}
                        mode: fast-start
                        rooms:
                          - name: 301
                          - {name: 302, seats: 60}
                        labels: {floor: 3}
                        """,
                        Map.of("HOME", "/root"));
        assertThat(settings.node()).isEqualTo("n1");
        assertThat(settings.web()).isEqualTo(new Web(9443, Duration.ofSeconds(30)));
        assertThat(settings.admin()).isEmpty();
        assertThat(settings.mode()).isEqualTo(Mode.FAST_START);
        assertThat(settings.tags()).containsExactly("a", "b");
        assertThat(settings.rooms()).containsExactly(new Room("301", 30), new Room("302", 60));
        assertThat(settings.labels()).containsEntry("floor", "3");
    }

    @Test
    void takesVariablesBeforeTheFileAndWithoutIt() {
        Settings settings =
                Config.read(
                        Settings.class,
                        Optional.empty(),
                        Map.of(
                                "INVIGIL_NODE", "n2",
                                "INVIGIL_WEB_HTTP_PORT", "1",
                                "INVIGIL_ADMIN_HTTP_PORT", "2",
                                "INVIGIL_PASSWORD", "geheim",
                                "INVIGIL_TAGS", "x,y"));
        assertThat(settings.web().httpPort()).isEqualTo(1);
        assertThat(settings.admin()).contains(new Web(2, Duration.ofSeconds(30)));
        assertThat(settings.password()).contains(Secret.of("geheim"));
        assertThat(settings.tags()).containsExactly("x", "y");
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void namesFileKeyAndWhatMayHaveBeenMeant() {
        assertThat(problems("node: n1\nweb: {htp-port: 1}", Map.of()))
                .singleElement()
                .asString()
                .contains("site.yaml: web.htp-port is unknown; did you mean \"http-port\"?");
        assertThat(problems("node: n1", Map.of("INVIGIL_WEB_HTTP_PROT", "1")))
                .singleElement()
                .asString()
                .contains("INVIGIL_WEB_HTTP_PROT is unknown; did you mean")
                .contains("INVIGIL_WEB_HTTP_PORT");
    }

    @Test
    void collectsAllProblemsAtOnce() {
        assertThat(
                        problems(
                                """
                                web: {http-port: many, idle: soon}
                                mode: quick
                                rooms: [{seats: 3}]
                                """,
                                Map.of()))
                .hasSize(5)
                .anyMatch(p -> p.endsWith("node is required"))
                .anyMatch(p -> p.contains("web.http-port is \"many\" but must be a number"))
                .anyMatch(p -> p.contains("web.idle is \"soon\" but must be a duration like 15s"))
                .anyMatch(p -> p.contains("mode is \"quick\" but must be one of fast-start, slow"))
                .anyMatch(p -> p.contains("rooms[0].name is required"));
    }

    @Test
    void reportsWhatTheRecordItselfRefuses() {
        assertThat(problems("node: n1\nweb: {http-port: 0}", Map.of()))
                .singleElement()
                .asString()
                .contains("web http-port must be positive");
    }

    @Test
    void refusesBrokenYamlWithoutQuotingIt() {
        assertThat(problems("password: geheim: [", Map.of()))
                .singleElement()
                .asString()
                .contains("site.yaml is not YAML at line 1")
                .doesNotContain("geheim");
        assertThat(problems("node: a\nnode: b", Map.of())).hasSize(1);
    }

    @Test
    void refusesAFileThatIsTooLong() throws IOException {
        String filler = "#".repeat(Config.FILE_BYTES_MAX - 9);
        assertThat(read("node: n1\n" + filler, Map.of()).node()).isEqualTo("n1");
        assertThatThrownBy(() -> read("node: n1\n" + filler + "#", Map.of()))
                .isInstanceOf(ConfigRefused.class);
    }

    @Test
    void refusesMoreListItemsThanTheMost() {
        String many = "x,".repeat(ConfigBinder.LIST_ITEMS_MAX);
        assertThat(problems("node: n1\ntags: \"" + many + "\"", Map.of())).isEmpty();
        assertThat(problems("node: n1\ntags: \"" + many + "x\"", Map.of())).hasSize(1);
    }
}
