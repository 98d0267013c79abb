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
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.Keys;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles stored and receipted, beside messages of the same size through the same broker. */
@Tag("bench")
class BundlesBenchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int FACTS = 10_000;
    private static final int WARM_UP_FACTS = 3_000;
    private static final int BARE_MESSAGES = 400;
    private static final int ROUNDS = 2;
    private static final NodeId BARE = new NodeId("room-bare");

    @TempDir Path directory;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong bundles = new AtomicLong();
    private final AtomicLong bundleBytes = new AtomicLong();
    private Database database;
    private FleetWorld world;
    private String uri;

    /** Messages and the time that they took. */
    private record Taken(long messages, double seconds) {
        Taken plus(Taken other) {
            return new Taken(messages + other.messages, seconds + other.seconds);
        }

        double perSecond() {
            return messages / seconds;
        }
    }

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
                measure(load);
                assertThat(broker.refusedConnections()).isZero();
            }
        } finally {
            database.close();
        }
    }

    private void measure(double load) throws Exception {
        SSLContext bareTls = nodeTls(world.box(), BARE.value());
        FleetWorld.Box box = world.box();
        SSLContext tls = nodeTls(box, "room-one");
        Taken receipted = new Taken(0, 0);
        Taken bare = new Taken(0, 0);
        try (SyncingNode node =
                new SyncingNode(
                        "room-one",
                        world.realm,
                        box,
                        new CountingConnector(),
                        uri,
                        tls,
                        random::nextBytes)) {
            node.start();
            for (int round = 0; round < ROUNDS; round++) {
                receipted = receipted.plus(throughHub("main-" + round, node));
                bare = bare.plus(bare(bareTls, BARE_MESSAGES, meanBytes()));
            }
        }
        report(receipted, bare, load);
    }

    private int meanBytes() {
        return (int) (bundleBytes.get() / bundles.get());
    }

    private void report(Taken receipted, Taken bare, double load) throws IOException {
        double perBundle = (double) ROUNDS * FACTS / receipted.messages();
        new BenchReport(Path.of("..", "provisioning", "acceptance", "target", "bench.json"))
                .section(
                        "bundles",
                        "one node with the real state machine, facts in memory, against the hub's"
                                + " ingest on embedded Derby until verified receipts cover every"
                                + " fact; and bare Paho publish and subscribe of messages of the"
                                + " same size through the same embedded broker; mutual TLS, QoS 1,"
                                + " in turns, node, broker and hub in one process",
                        load,
                        List.of(
                                Figure.information(
                                        "receiptedBundles", receipted.perSecond(), "bundles/s"),
                                Figure.information(
                                        "receiptedFacts",
                                        ROUNDS * FACTS / receipted.seconds(),
                                        "facts/s"),
                                Figure.information("factsPerBundle", perBundle, "facts"),
                                Figure.information("bundleSize", meanBytes(), "bytes"),
                                Figure.information("bareMessages", bare.perSecond(), "messages/s"),
                                Figure.atLeast(
                                        "bundlesToBareMessages",
                                        receipted.perSecond() / bare.perSecond(),
                                        "ratio",
                                        0.8,
                                        limit(perBundle, ROUNDS * FACTS / receipted.seconds()))));
    }

    private static String limit(double perBundle, double factsPerSecond) {
        return String.format(
                Locale.ROOT,
                "what the hub does with the %.0f facts of a bundle before its receipt may leave"
                        + " (open, check the chain, store each, commit): %.0f facts/s, while a"
                        + " bare message of that size is only passed on; the steps are not broken"
                        + " down by this run",
                perBundle,
                factsPerSecond);
    }

    /** Starts a hub, warms it up, then times the facts from their append to their receipts. */
    private Taken throughHub(String instance, SyncingNode node) throws Exception {
        Broadcast broadcast = new Broadcast("test");
        ProjectionThread projections =
                new ProjectionThread(
                        new ProjectionRunner(database, world.tenant, List.of(), Clock.systemUTC()));
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
        ingest.start(new PahoConnector(), new Ingest.Broker(uri, Optional.of(tls), 2));
        try {
            append(node, WARM_UP_FACTS);
            bundles.set(0);
            bundleBytes.set(0);
            long start = System.nanoTime();
            append(node, FACTS);
            return new Taken(bundles.get(), (System.nanoTime() - start) / 1e9);
        } finally {
            ingest.close();
            projections.close();
            events.close();
            broadcast.close();
        }
    }

    private static void append(SyncingNode node, int facts) {
        node.append(Lane.RES, facts);
        Awaitility.await().pollInterval(POLL).atMost(PATIENCE).until(node::isReceipted);
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

    /** Messages of the same size, received and completed, nothing else. */
    private Taken bare(SSLContext nodeTls, long messages, int bytes) throws Exception {
        SSLContext hubTls = new HubCertificates(world.realm, random).mqttClient("bare");
        String[] filters = Topics.hubFilters(FleetWorld.REALM, Topics.shard(BARE).charAt(0));
        PahoConnector paho = new PahoConnector();
        try (MqttPipe in =
                        paho.connect(
                                MqttEndpoint.hub(
                                        uri, "hub:bare:0", Optional.of(hubTls), List.of(filters)));
                MqttPipe out =
                        paho.connect(
                                MqttEndpoint.node(
                                        uri,
                                        BARE.value() + ":bare",
                                        Optional.of(nodeTls),
                                        List.of(Topics.downFilter(FleetWorld.REALM, BARE)),
                                        Optional.empty()))) {
            exchange(in, out, messages, bytes);
            long start = System.nanoTime();
            exchange(in, out, messages, bytes);
            return new Taken(messages, (System.nanoTime() - start) / 1e9);
        }
    }

    private void exchange(MqttPipe in, MqttPipe out, long messages, int bytes) throws Exception {
        byte[] payload = new byte[bytes];
        random.nextBytes(payload);
        String topic = Topics.up(FleetWorld.REALM, BARE, Topics.UpKind.RES);
        Thread receiver =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        receive(in, messages);
                                    } catch (InterruptedException stopped) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        for (long sent = 0; sent < messages; ) {
            if (out.publish(topic, payload, false) instanceof MqttPipe.Published.Sent) {
                sent++;
            } else {
                out.poll(POLL);
            }
        }
        receiver.join(PATIENCE);
        assertThat(receiver.isAlive()).isFalse();
    }

    private static void receive(MqttPipe in, long messages) throws InterruptedException {
        for (long seen = 0; seen < messages; ) {
            if (in.poll(POLL).orElse(null) instanceof MqttPipe.Event.Message message) {
                in.complete(message.token());
                seen++;
            }
        }
    }

    private SSLContext nodeTls(FleetWorld.Box box, String name) throws Exception {
        ClaimCode code = world.claim(name);
        byte[] request = box.request(code);
        var enrolled = (Enrolments.Outcome.Enrolled) world.enrolments.enrol(request);
        var reply =
                (EnrolmentReply.Outcome.Enrolled)
                        EnrolmentReply.read(enrolled.reply(), code, box.seal, request);
        List<X509Certificate> chain = Keys.readCertificates(reply.reply().clientChain());
        char[] none = new char[0];
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(Keys.keyStore(box.client.getPrivate(), chain, none), none);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Keys.trustStore(List.of(world.realm.authority().root())));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), random);
        return tls;
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
