package io.invigil.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.invigil.appliance.config.Config;
import io.invigil.hub.HubMain;
import io.invigil.hub.HubSettings;
import io.invigil.hub.HubWiring;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.fact.Lane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The hub as a process with a small heap that runs out of memory (fault row 75). */
@ResourceLock("embedded broker")
class HubProcessFaultsTest {
    private static final int OUT_OF_MEMORY = 3;
    private static final long ROUND_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path directory;
    private Path config;
    private int port;

    @Test
    void fault75OutOfMemoryEndsTheHubAndTheNextOneHasEverythingItGaveReceiptsForOnce()
            throws Exception {
        String claim = founded();
        Path signal = directory.resolve("take-all-memory");
        Process hub = start(HubOutOfMemory.class, signal);
        FaultNode node =
                FaultNode.enrolled(
                        directory.resolve("node"),
                        claim,
                        "https://localhost:" + port,
                        new PahoConnector());
        try {
            node.save(Lane.RES, "receipted", 200, 200);
            node.save(Lane.ATT, "receipted", 20, 200);
            await().atMost(PATIENCE).until(() -> node.waiting() == 0);
            Files.createFile(signal);
            // some hundreds of saves a second: as fast as the disk would be more than a room has
            for (int round = 0; !hub.waitFor(ROUND_MILLIS, TimeUnit.MILLISECONDS); round++) {
                node.save(Lane.RES, "while-it-dies-" + round, 20, 200);
            }
            assertThat(hub.waitFor()).as("it does not linger half alive").isEqualTo(OUT_OF_MEMORY);
            node.save(Lane.RES, "without", 50, 200);
            hub = start(HubMain.class, signal);
            await().atMost(PATIENCE).until(() -> node.waiting() == 0);
            hub.destroy();
            assertThat(hub.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            try (HubWiring after = HubWiring.start(settings(), Map.of(), Clock.systemUTC())) {
                FaultWorld.assertNothingLostOrDoubled(after, node);
            }
        } finally {
            node.close();
            hub.destroyForcibly();
        }
    }

    /** A hub with a site; the claim code of a node of it. */
    private String founded() throws IOException {
        port = freePort();
        config = directory.resolve("hub.yaml");
        Files.writeString(
                config,
                """
                data-directory: %s
                web:
                  host: 127.0.0.1
                  port: %d
                  names: [localhost, 127.0.0.1]
                mqtt:
                  host: 127.0.0.1
                  port: %d
                founding:
                  realm: test
                  body-name: 评价组织
                  body-code: BODY
                  root-key-file: %s
                  staff:
                    - login: body
                      name: 机构管理员
                      password: body-practice-2026
                """
                        .formatted(
                                directory.resolve("hub"),
                                port,
                                freePort(),
                                directory.resolve("root.json")));
        try (HubWiring hub = HubWiring.start(settings(), Map.of(), Clock.systemUTC())) {
            hub.parts().database().useTransaction(FaultWorld::insertSite);
            return FaultWorld.claim(hub, "room-one");
        }
    }

    private HubSettings settings() {
        return Config.read(HubSettings.class, Optional.of(config), Map.of());
    }

    private Process start(Class<?> main, Path signal) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-D" + HubOutOfMemory.SIGNAL + "=" + signal,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        "--config",
                        config.toString(),
                        "--with-parent");
        Path log = directory.resolve("hub.log");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("READY")) {
                return process;
            }
        }
        throw new IOException("the hub did not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
