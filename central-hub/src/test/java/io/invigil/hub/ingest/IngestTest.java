package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.db.Tx;
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
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real node pipe, real broker, real database; fault rows 6, 21, 34, 35 and 37 end to end. */
class IngestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {
        private static final AtomicLong TENANTS = new AtomicLong(100);
        @TempDir static Path directory;
        private final Dialect dialect;
        private final SecureRandom random = new SecureRandom();
        private final List<AutoCloseable> open = new ArrayList<>();
        private Database database;
        private FleetWorld world;
        private EmbeddedBroker broker;
        private String uri;
        private List<String> applied;

        Contract(Dialect dialect) {
            this.dialect = dialect;
        }

        @BeforeAll
        void startDatabase() {
            database = StoreContract.fresh(dialect, directory.resolve(dialect.name()));
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Ingest.class));
        }

        @AfterAll
        void closeDatabase() {
            database.close();
        }

        @BeforeEach
        void startBroker() throws Exception {
            long tenant = TENANTS.incrementAndGet();
            Path own = directory.resolve(dialect.name() + "-" + tenant);
            java.nio.file.Files.createDirectories(own);
            world = new FleetWorld(database, tenant, own, Clock.systemUTC());
            int port = BrokerWorld.freePort();
            HubCertificates certificates = new HubCertificates(world.realm, random);
            broker =
                    EmbeddedBroker.start(
                            own.resolve("broker"),
                            InetAddress.getLoopbackAddress(),
                            port,
                            certificates.broker(
                                    own.resolve("tls"), ServerNames.of(List.of("127.0.0.1"))),
                            world.directory);
            uri = "ssl://127.0.0.1:" + port;
            applied = new java.util.concurrent.CopyOnWriteArrayList<>();
        }

        @AfterEach
        void stop() throws Exception {
            for (AutoCloseable closed : open.reversed()) {
                closed.close();
            }
            open.clear();
            broker.close();
        }

        @Test
        void storesEachFactOnceReceiptsItAndAppliesItInOrder() throws Exception {
            hub("main", new PahoConnector());
            SyncingNode node = node("room-one");
            node.append(Lane.CTL, 3);
            node.append(Lane.RES, 700);
            node.append(Lane.ATT, 40);
            awaitReceipted(node);
            assertStoredOnce(node, Lane.CTL, Lane.RES, Lane.ATT);
            Awaitility.await().atMost(PATIENCE).until(() -> applied.size() == 743);
            assertThat(applied).doesNotHaveDuplicates();
            node.append(Lane.RES, 5);
            awaitReceipted(node);
            assertStoredOnce(node, Lane.RES);
        }

        /** Row 34: committed, then dead before the message was completed. */
        @Test
        void storesOnceWhenTheHubDiesBetweenCommitAndAck() throws Exception {
            AtomicInteger deaths = new AtomicInteger(3);
            hub("main", new DyingConnector(deaths, true));
            SyncingNode node = node("room-one");
            node.append(Lane.RES, 200);
            awaitReceipted(node);
            assertThat(deaths).hasValueLessThanOrEqualTo(0);
            assertStoredOnce(node, Lane.RES);
        }

        /** Row 35: completed, then dead before the receipt went out. */
        @Test
        void receiptsAfterAllWhenTheHubDiesBetweenAckAndReceipt() throws Exception {
            AtomicInteger deaths = new AtomicInteger(3);
            hub("main", new DyingConnector(deaths, false));
            SyncingNode node = node("room-one");
            node.append(Lane.RES, 200);
            awaitReceipted(node);
            assertThat(deaths).hasValueLessThanOrEqualTo(0);
            assertStoredOnce(node, Lane.RES);
        }

        /** Row 37: two instances share the topics and the database. */
        @Test
        void twoInstancesStoreEachFactOnce() throws Exception {
            hub("main", new PahoConnector());
            hub("second", new PahoConnector());
            SyncingNode one = node("room-one");
            SyncingNode two = node("room-two");
            for (int i = 0; i < 10; i++) {
                one.append(Lane.RES, 30);
                two.append(Lane.RES, 30);
                one.append(Lane.ATT, 3);
            }
            awaitReceipted(one);
            awaitReceipted(two);
            assertStoredOnce(one, Lane.RES, Lane.ATT);
            assertStoredOnce(two, Lane.RES);
        }

        private void awaitReceipted(SyncingNode node) {
            Awaitility.await().atMost(PATIENCE).until(node::isReceipted);
        }

        private void assertStoredOnce(SyncingNode node, Lane... lanes) {
            for (Lane lane : lanes) {
                List<FactRecord> expected = node.records(lane);
                List<FactRecord> stored =
                        database.inTransaction(
                                tx ->
                                        new SqlLanes(tx, world.tenant, Clock.systemUTC().instant())
                                                .records(
                                                        node.id,
                                                        new io.invigil.protocol.receipt.LaneKey(
                                                                node.epoch, lane),
                                                        1,
                                                        10_000));
                assertThat(stored.stream().map(FactRecord::hash).toList())
                        .isEqualTo(expected.stream().map(FactRecord::hash).toList());
            }
        }

        private void hub(String instance, MqttConnector connector) throws IOException {
            FactProjection noting =
                    new FactProjection() {
                        @Override
                        public String name() {
                            return "noting";
                        }

                        @Override
                        public void apply(Tx tx, IngestedFact fact) {
                            applied.add(fact.node() + "/" + fact.lane() + "/" + fact.seq());
                        }
                    };
            ProjectionThread projections =
                    new ProjectionThread(
                            new ProjectionRunner(
                                    database,
                                    world.tenant,
                                    List.of(noting),
                                    Clock.systemUTC(),
                                    alarm -> {}));
            Broadcast broadcast = new Broadcast("test");
            IngestEvents events =
                    new IngestEvents(
                            projections::wake,
                            broadcast,
                            new AlarmStore(database, world.tenant, Clock.systemUTC()),
                            Clock.systemUTC());
            Path own = directory.resolve(dialect.name() + "-" + world.tenant + "-" + instance);
            java.nio.file.Files.createDirectories(own);
            Ingest ingest =
                    new Ingest(
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
            SSLContext tls = new HubCertificates(world.realm, random).mqttClient(instance);
            events.start();
            projections.start();
            ingest.start(connector, new Ingest.Broker(uri, Optional.of(tls), 2));
            open.add(broadcast);
            open.add(events);
            open.add(projections);
            open.add(ingest);
        }

        private SyncingNode node(String name) throws Exception {
            FleetWorld.Box box = world.box();
            SSLContext tls = EnrolledTls.of(world, box, name);
            SyncingNode node =
                    new SyncingNode(
                            name,
                            world.realm,
                            box,
                            new PahoConnector(),
                            uri,
                            tls,
                            random::nextBytes);
            open.add(node);
            node.hurry(20);
            node.start();
            return node;
        }
    }

    /** Connections that break like a process that dies, a few times. */
    private record DyingConnector(AtomicInteger deaths, boolean beforeAck)
            implements MqttConnector {
        @Override
        public MqttPipe connect(MqttEndpoint endpoint) throws IOException {
            MqttPipe real = new PahoConnector().connect(endpoint);
            return new MqttPipe() {
                private boolean dead;

                @Override
                public Optional<Event> poll(Duration wait) throws InterruptedException {
                    return dead ? Optional.of(new Event.Lost("died")) : real.poll(wait);
                }

                @Override
                public Published publish(String topic, byte[] payload, boolean retained) {
                    if (!beforeAck && topic.endsWith("/dn/rcpt") && dies()) {
                        return new Published.Closed();
                    }
                    return dead ? new Published.Closed() : real.publish(topic, payload, retained);
                }

                @Override
                public void complete(Token token) {
                    if (beforeAck && dies() || dead) {
                        return;
                    }
                    real.complete(token);
                }

                private boolean dies() {
                    if (!dead && deaths.getAndDecrement() > 0) {
                        dead = true;
                    }
                    return dead;
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
