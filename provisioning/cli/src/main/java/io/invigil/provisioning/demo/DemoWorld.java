package io.invigil.provisioning.demo;

import io.invigil.protocol.json.Json;
import io.invigil.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One hub and two room servers as processes, with a proxy of ours on the line between them. Nodes
 * know the hub only by the proxies, so that cutting those is cutting the cable.
 */
public final class DemoWorld implements AutoCloseable {
    private final DemoSettings settings;
    private final List<AutoCloseable> closings = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Path directory;
    private final int hubPort;
    private final FaultProxy webLine;
    private final FaultProxy mqttLine;
    private final HubProcess hub;
    private final DemoBackends backends;
    private SampleExam sample;

    /** Prepares directories, ports and configuration; starts nothing but the proxies. */
    public DemoWorld(DemoSettings settings) throws IOException {
        this.settings = settings;
        this.directory = settings.directory().toAbsolutePath();
        clear(directory);
        Files.createDirectories(directory.resolve("logs"));
        List<Integer> free = FreePorts.several(2);
        this.hubPort = settings.fixedPorts() ? FreePorts.preferring(8443) : free.get(0);
        this.backends = DemoBackends.start(settings, directory, free.get(1));
        closings.add(backends);
        this.webLine = FaultProxy.before(hubPort);
        closings.add(webLine);
        this.mqttLine = FaultProxy.before(backends.mqttPort());
        closings.add(mqttLine);
        Path config = directory.resolve("hub.yaml");
        Files.writeString(config, hubConfig(backends));
        this.hub =
                new HubProcess(
                        List.of(
                                config.toString(),
                                directory.resolve("sample.json").toString(),
                                String.valueOf(settings.people()),
                                String.valueOf(settings.untilStart().toSeconds())),
                        Map.of(),
                        directory.resolve("logs/hub.log"));
        closings.add(hub);
    }

    private String hubConfig(DemoBackends backends) {
        return """
        data-directory: %s
        web:
          host: 127.0.0.1
          port: %d
          names: [localhost, 127.0.0.1]
          node-url: https://localhost:%d
        mqtt:
          host: 127.0.0.1
          port: %d
          node-url: ssl://localhost:%d
        %s
        founding:
          realm: practice
          body-name: 示范培训评价组织
          body-code: BODY
          root-key-file: %s
          staff:
            - login: body
              name: 机构管理员
              password: body-practice-2026
        """
                .formatted(
                        directory.resolve("hub"),
                        hubPort,
                        webLine.port(),
                        backends.embeddedMqttPort(),
                        mqttLine.port(),
                        backends.hubConfig(),
                        directory.resolve("root-keys.json"));
    }

    /** Starts the hub with the sample exam, then both nodes, which enrol themselves. */
    public void start() throws IOException, InterruptedException {
        Thread broker = Thread.ofVirtual().start(this::startBroker);
        hub.start(0);
        broker.join();
        sample =
                Json.mapper()
                        .readValue(
                                Files.readAllBytes(directory.resolve("sample.json")),
                                SampleExam.class);
        int wanted = 9443;
        for (SampleExam.Node node : sample.nodes()) {
            List<Integer> free = FreePorts.several(2);
            int https = settings.fixedPorts() ? FreePorts.preferring(wanted) : free.get(0);
            int http = settings.fixedPorts() ? FreePorts.preferring(wanted - 1363) : free.get(1);
            wanted++;
            NodeProcess process =
                    new NodeProcess(
                            node,
                            https,
                            http,
                            "https://localhost:" + webLine.port(),
                            directory,
                            List.of("-Xmx" + settings.nodeHeapMib() + "m", "-XX:+UseSerialGC"));
            nodes.add(process);
            process.start();
        }
        for (NodeProcess node : nodes) {
            node.awaitUp();
        }
    }

    /** An external broker needs the keys that the hub writes at its start, and the hub it. */
    private void startBroker() {
        try {
            backends.startBroker();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Days later: the same hub with its clock ahead, as if it had been opened again then. */
    public void restartHub(int daysAhead) throws IOException {
        hub.close();
        hub.start(daysAhead);
    }

    /** Hands the packages out and waits until every node has its own. */
    public void publish() throws IOException, InterruptedException {
        hub.ask("publish");
        for (NodeProcess node : nodes) {
            node.awaitPackage();
        }
    }

    public void cutLines() {
        webLine.unplug();
        mqttLine.unplug();
    }

    public void mendLines() {
        webLine.plug();
        mqttLine.plug();
    }

    /** Bytes per second and direction of each connection between nodes and hub. */
    public void lineBytesPerSecond(long most) {
        webLine.bandwidth(most);
        mqttLine.bandwidth(most);
    }

    public HubProcess hub() {
        return hub;
    }

    public List<NodeProcess> nodes() {
        return nodes;
    }

    public SampleExam sample() {
        return sample;
    }

    public Path directory() {
        return directory;
    }

    public int hubPort() {
        return hubPort;
    }

    private static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        boolean ours = directory.getFileName().toString().toLowerCase(Locale.ROOT).contains("demo");
        if (!ours) {
            throw new IOException(
                    directory + " exists and is not named as a demonstration: name another");
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            path -> {
                                try {
                                    Files.delete(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }

    @Override
    public void close() {
        for (NodeProcess node : nodes) {
            node.close();
        }
        for (int at = closings.size() - 1; at >= 0; at--) {
            try {
                closings.get(at).close();
            } catch (Exception failed) {
                System.err.println("did not stop cleanly: " + failed);
            }
        }
    }
}
