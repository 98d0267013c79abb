package io.invigil.provisioning.demo;

import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the hub stands on: embedded parts, or a PostgreSQL and a Mosquitto of our own. */
final class DemoBackends implements AutoCloseable {
    private static final List<String> MOSQUITTO =
            List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto");

    private final int mqttPort;
    private final String hubConfig;
    private final boolean external;
    private final Path directory;
    private Optional<Process> mosquitto = Optional.empty();

    private DemoBackends(int mqttPort, String hubConfig, boolean external, Path directory) {
        this.mqttPort = mqttPort;
        this.hubConfig = hubConfig;
        this.external = external;
        this.directory = directory;
    }

    static DemoBackends start(DemoSettings settings, Path directory, int mqttPort) {
        StringBuilder config = new StringBuilder();
        boolean external = settings.broker() == DemoCommand.BrokerKind.mosquitto;
        if (external) {
            config.append("  external: ssl://localhost:%d%n".formatted(mqttPort));
            config.append("  mosquitto: %s%n".formatted(directory.resolve("mosquitto")));
        }
        if (settings.database() == DemoCommand.DatabaseKind.postgresql) {
            var place = (DatabaseSettings.Postgres) PostgresServer.shared().newDatabase();
            config.append(
                    """
                    database:
                      url: %s
                      user: %s
                      password: %s
                    """
                            .formatted(place.url(), place.user(), place.password().reveal()));
        }
        return new DemoBackends(mqttPort, config.toString(), external, directory);
    }

    /** Starts Mosquitto with the configuration that the hub has written; needs the hub's keys. */
    void startBroker() throws IOException, InterruptedException {
        if (!external) {
            return;
        }
        Path program =
                MOSQUITTO.stream()
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(() -> new IOException("no mosquitto: looked in " + MOSQUITTO));
        Path config = directory.resolve("mosquitto/mosquitto.conf");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(config)) {
            if (System.nanoTime() > end) {
                throw new IOException("the hub has not written " + config);
            }
            Thread.sleep(200);
        }
        // run by root it would change to a user that cannot read our files
        Path own = directory.resolve("mosquitto/demo.conf");
        Files.writeString(
                own, Files.readString(config) + "user " + System.getProperty("user.name") + "\n");
        mosquitto =
                Optional.of(
                        new ProcessBuilder(program.toString(), "-c", own.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(directory.resolve("logs/mosquitto.log").toFile())
                                .start());
    }

    int mqttPort() {
        return mqttPort;
    }

    /** Port that the hub's own broker listens to. */
    int embeddedMqttPort() {
        return mqttPort;
    }

    /** Lines for the hub's file; those of {@code mqtt:} come first. */
    String hubConfig() {
        return hubConfig;
    }

    @Override
    public void close() {
        mosquitto.ifPresent(Process::destroy);
    }
}
