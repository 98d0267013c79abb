package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.hub.broker.BrokerWorld;
import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.fact.Lane;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bundles stored and receipted, beside messages of the same size through the same broker between as
 * many connections: full bundles, as after a day without line, and small ones, as while an exam is
 * on (ARCHITECTURE.md: a national day is 30 000 facts in 2 500 bundles a second). Several nodes,
 * because one node's window and its one receipt in 250 ms (XSP-021, XSP-047) let 64 bundles a
 * second through whatever the hub can do.
 */
@Tag("bench")
class BundlesBenchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final int NODES = 16;
    private static final int WORKERS = 2;
    private static final int ROUNDS = 2;
    private static final Load FULL = new Load("full", 500, 24);
    private static final Load SMALL = new Load("small", 12, 60);

    @TempDir Path directory;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong bundles = new AtomicLong();
    private final AtomicLong bundleBytes = new AtomicLong();
    private final List<SyncingNode> nodes = new ArrayList<>();
    private final List<SSLContext> nodeTls = new ArrayList<>();
    private final List<SSLContext> hubTls = new ArrayList<>();
    private Database database;
    private FleetWorld world;
    private String uri;

    /** How many facts a bundle holds, and bundles of each node in a round. */
    private record Load(String name, int facts, int bundles) {}

    @Test
    void receiptedBundlesBesideBareMessagesOfTheSameSize() throws Exception {
        double load = BenchReport.load();
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("derby"));
        try {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Ingest.class));
            world = new FleetWorld(database, 900, directory, Clock.systemUTC());
            int port = BrokerWorld.freePort();
            HubCertificates certificates = new HubCertificates(world.realm, random);
            uri = "ssl://127.0.0.1:" + port;
            try (EmbeddedBroker broker =
                    EmbeddedBroker.start(
                            directory.resolve("broker"),
                            InetAddress.getLoopbackAddress(),
                            port,
                            certificates.broker(
                                    directory.resolve("tls"), ServerNames.of(List.of("127.0.0.1"))),
                            world.directory)) {
                startNodes();
                List<Figure> figures = new ArrayList<>();
                figures.addAll(measure(FULL));
                figures.addAll(measure(SMALL));
                report(load, figures);
                assertThat(broker.refusedConnections()).isZero();
            } finally {
                nodes.forEach(SyncingNode::close);
            }
        } finally {
            database.close();
        }
    }

    private void startNodes() throws Exception {
        for (int i = 0; i < WORKERS; i++) {
            hubTls.add(new HubCertificates(world.realm, random).mqttClient("bare"));
        }
        for (int i = 0; i < NODES; i++) {
            FleetWorld.Box box = world.box();
            String name = "room-" + i;
            SSLContext tls = EnrolledTls.of(world, box, name);
            nodeTls.add(tls);
            SyncingNode node =
                    new SyncingNode(
                            name,
                            world.realm,
                            box,
                            new CountingConnector(),
                            uri,
                            tls,
                            random::nextBytes);
            node.start();
            nodes.add(node);
        }
    }

    private List<Figure> measure(Load load) throws Exception {
        Taken receipted = Taken.NOTHING;
        Taken bare = Taken.NOTHING;
        BareMessages messages =
                new BareMessages(uri, hubTls, nodeTls, nodes.stream().map(n -> n.id).toList());
        int bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            receipted = receipted.plus(throughHub(load.name() + round, load));
            bytes = (int) (bundleBytes.get() / bundles.get());
            bare = bare.plus(messages.exchanged(load.bundles(), bytes));
        }
        String name = load.name();
        double ratio = receipted.perSecond() / bare.perSecond();
        double facts = (double) ROUNDS * NODES * load.bundles() * load.facts();
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.information(name + "ReceiptedBundles", receipted.perSecond(), "bundles/s"));
        figures.add(
                Figure.information(
                        name + "ReceiptedFacts", facts / receipted.seconds(), "facts/s"));
        figures.add(
                Figure.information(name + "FactsPerBundle", facts / receipted.messages(), "facts"));
        figures.add(Figure.information(name + "BundleSize", bytes, "bytes"));
        figures.add(Figure.information(name + "BareMessages", bare.perSecond(), "messages/s"));
        for (String who : Taken.PARTS) {
            figures.add(
                    Figure.information(
                            name + "ProcessorOf" + who, receipted.millis(who), "ms/bundle"));
        }
        figures.add(
                Figure.information(
                        name + "ProcessorOfBareMessage", bare.millis(Taken.CARRIER), "ms/message"));
        figures.add(
                Figure.atLeast(
                        name + "BundlesToBareMessages",
                        ratio,
                        "ratio",
                        0.8,
                        receipted.limit(bare)));
        return figures;
    }

    private void report(double load, List<Figure> figures) throws IOException {
        BenchReport.ofBuild()
                .section(
                        "bundles",
                        NODES
                                + " nodes with the real state machine, facts in memory, against"
                                + " the hub's ingest on embedded Derby until verified receipts"
                                + " cover every fact; and bare Paho publish and subscribe of"
                                + " messages of the same size through the same embedded broker"
                                + " by as many connections; mutual TLS, QoS 1, in turns, nodes,"
                                + " broker and hub in one process",
                        load,
                        figures);
    }

    /** Starts a hub, warms it up, then times the facts from their announcement to receipts. */
    private Taken throughHub(String instance, Load load) throws Exception {
        Broadcast broadcast = new Broadcast("test");
        ProjectionThread projections =
                new ProjectionThread(
                        new ProjectionRunner(
                                database, world.tenant, List.of(), Clock.systemUTC(), alarm -> {}));
        IngestEvents events =
                new IngestEvents(
                        projections::wake,
                        broadcast,
                        new AlarmStore(database, world.tenant, Clock.systemUTC()),
                        Clock.systemUTC());
        Ingest ingest = ingest(instance, events);
        events.start();
        projections.start();
        SSLContext tls = new HubCertificates(world.realm, random).mqttClient(instance);
        ingest.start(new PahoConnector(), new Ingest.Broker(uri, Optional.of(tls), WORKERS));
        try {
            nodes.forEach(node -> node.limitBundles(load.facts()));
            send(load.facts() * load.bundles() / 2);
            nodes.forEach(node -> node.write(Lane.RES, load.facts() * load.bundles()));
            bundles.set(0);
            bundleBytes.set(0);
            Map<String, Long> before = Taken.processorTime();
            long start = System.nanoTime();
            nodes.forEach(node -> node.tell(Lane.RES));
            awaitReceipts();
            return Taken.since(start, before, bundles.get());
        } finally {
            ingest.close();
            projections.close();
            events.close();
            broadcast.close();
        }
    }

    private void send(int facts) {
        nodes.forEach(node -> node.append(Lane.RES, facts));
        awaitReceipts();
    }

    private void awaitReceipts() {
        Awaitility.await()
                .pollInterval(POLL)
                .atMost(PATIENCE)
                .until(() -> nodes.stream().allMatch(SyncingNode::isReceipted));
    }

    private Ingest ingest(String instance, IngestEvents events) throws IOException {
        Path own = Files.createDirectories(directory.resolve(instance));
        return new Ingest(
                new Ingest.Parts(
                        database,
                        world.tenant,
                        FleetWorld.REALM,
                        instance,
                        "test",
                        world.realm.receipt(),
                        List.of(world.realm.receipt().verifyKey()),
                        world.realm.seal(),
                        world.directory,
                        new DirectoryBlobs(own.resolve("blobs")),
                        own.resolve("staging"),
                        events,
                        Clock.systemUTC(),
                        random::nextBytes));
    }

    /** Counts the bundles that leave, and their bytes. */
    private final class CountingConnector implements MqttConnector {
        @Override
        public MqttPipe connect(MqttEndpoint endpoint) throws IOException {
            MqttPipe real = new PahoConnector().connect(endpoint);
            return new MqttPipe() {
                @Override
                public Optional<Event> poll(Duration wait) throws InterruptedException {
                    return real.poll(wait);
                }

                @Override
                public Published publish(String topic, byte[] payload, boolean retained) {
                    Published published = real.publish(topic, payload, retained);
                    if (topic.endsWith("/up/res") && published instanceof Published.Sent) {
                        bundles.incrementAndGet();
                        bundleBytes.addAndGet(payload.length);
                    }
                    return published;
                }

                @Override
                public void complete(Token token) {
                    real.complete(token);
                }

                @Override
                public int unacknowledged() {
                    return real.unacknowledged();
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        }
    }
}
