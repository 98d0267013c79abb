package io.invigil.acceptance.fault;

import io.invigil.hub.HubWiring;
import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.MosquittoFiles;
import io.invigil.hub.fleet.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The broker between nodes and hub, apart from both, so that it can be restarted with an empty
 * memory. Used by one thread.
 */
public final class FaultBroker implements AutoCloseable {
    private static final List<Path> MOSQUITTO =
            List.of(Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));
    private static final Pattern DROPPED =
            Pattern.compile("Outgoing messages are being dropped for client", Pattern.LITERAL);

    private final Kind kind;
    private final HubWiring hub;
    private final Path directory;
    private final int port;
    private final EmbeddedBroker.Limits limits;
    private int starts;
    private Optional<EmbeddedBroker> embedded = Optional.empty();
    private Optional<Process> mosquitto = Optional.empty();

    /** Which broker. */
    public enum Kind {
        EMBEDDED,
        MOSQUITTO;

        /** Skips the test, with the reason, where the broker is missing; fails it in CI. */
        public void assumeInstalled() {
            if (this == EMBEDDED || program().isPresent()) {
                return;
            }
            String reason = "Mosquitto is not installed: looked for " + FaultBroker.MOSQUITTO;
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(reason);
            }
            Assumptions.abort(reason);
        }
    }

    FaultBroker(Kind kind, HubWiring hub, Path directory, int port, EmbeddedBroker.Limits limits) {
        this.kind = kind;
        this.hub = hub;
        this.directory = directory;
        this.port = port;
        this.limits = limits;
    }

    private static Optional<Path> program() {
        return MOSQUITTO.stream().filter(Files::isExecutable).findFirst();
    }

    /** Starts it with nothing remembered of an earlier start. */
    void start() throws IOException {
        Path place = Files.createDirectories(directory.resolve("broker-" + ++starts));
        var certificates = new HubCertificates(hub.realm(), new SecureRandom());
        var names = ServerNames.of(List.of("localhost", "127.0.0.1"));
        InetAddress bind = InetAddress.getLoopbackAddress();
        switch (kind) {
            case EMBEDDED ->
                    embedded =
                            Optional.of(
                                    EmbeddedBroker.start(
                                            place,
                                            bind,
                                            port,
                                            certificates.broker(place, names),
                                            hub.fleet().directory(),
                                            limits));
            case MOSQUITTO -> mosquitto = Optional.of(mosquitto(place, bind, certificates, names));
        }
    }

    private Process mosquitto(
            Path place, InetAddress bind, HubCertificates certificates, ServerNames names)
            throws IOException {
        Path written =
                new MosquittoFiles(place, hub.realm(), certificates)
                        .write(bind, port, names, List.of("main"), Map.of());
        String text =
                Files.readString(written)
                        .replaceAll(
                                "max_queued_messages \\d+",
                                "max_queued_messages " + limits.queueMessagesMax())
                        .replaceAll(
                                "max_inflight_messages \\d+",
                                "max_inflight_messages " + limits.receiveMaximum())
                        .replaceAll(
                                "max_packet_size \\d+",
                                "max_packet_size " + limits.packetBytesMax());
        // run by root it would change to a user that cannot read our files
        Files.writeString(written, text + "user " + System.getProperty("user.name") + "\n");
        return new ProcessBuilder(program().orElseThrow().toString(), "-c", written.toString())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("mosquitto.log").toFile())
                .start();
    }

    /** Ends it; what it held is gone. */
    void stop() {
        embedded.ifPresent(EmbeddedBroker::close);
        embedded = Optional.empty();
        mosquitto.ifPresent(process -> process.destroyForcibly().onExit().join());
        mosquitto = Optional.empty();
    }

    /** How often the running broker noted that it dropped what it had acknowledged. */
    long drops() throws IOException {
        if (embedded.isPresent()) {
            return embedded.get().droppedMessages();
        }
        Path log = directory.resolve("broker-" + starts).resolve("mosquitto.log");
        return DROPPED.matcher(Files.readString(log, StandardCharsets.UTF_8)).results().count();
    }

    @Override
    public void close() {
        stop();
    }
}
