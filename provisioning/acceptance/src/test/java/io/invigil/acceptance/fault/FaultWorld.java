package io.invigil.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.HubSettings;
import io.invigil.hub.HubWiring;
import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.ingest.AlarmStore;
import io.invigil.hub.ingest.SqlHubStore;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.testkit.FaultProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A whole hub in this process, a broker of its own beside it, and nodes; between each of them a
 * proxy on the line. Used by one thread.
 */
final class FaultWorld implements AutoCloseable {
    private static final long SITE = 7;
    private static final long SCHOOL = 70;
    private static final Duration ARRIVAL_MAX = Duration.ofMinutes(3);

    final FaultBroker broker;
    final FaultProxy nodeLine;
    final FaultProxy hubLine;
    private final HubWiring hub;
    private final Path directory;
    private final List<FaultNode> nodes = new ArrayList<>();
    private int homes;

    private FaultWorld(FaultBroker.Kind kind, Path directory, EmbeddedBroker.Limits limits)
            throws IOException {
        this.directory = directory;
        int port = freePort();
        this.nodeLine = FaultProxy.before(port);
        this.hubLine = FaultProxy.before(port);
        this.hub = HubWiring.start(settings(), Map.of(), Clock.systemUTC());
        this.broker = new FaultBroker(kind, hub, directory, port, limits);
    }

    /** Starts everything but nodes; returns when the hub has the broker. */
    static FaultWorld start(FaultBroker.Kind kind, Path directory, EmbeddedBroker.Limits limits)
            throws Exception {
        kind.assumeInstalled();
        FaultWorld world = new FaultWorld(kind, directory, limits);
        world.broker.start();
        world.hub.parts().database().useTransaction(FaultWorld::insertSite);
        await().atMost(ARRIVAL_MAX).until(world.hub.fleet()::ready);
        return world;
    }

    private HubSettings settings() throws IOException {
        URI own = URI.create("ssl://localhost:" + hubLine.port());
        URI nodes = URI.create("ssl://localhost:" + nodeLine.port());
        return new HubSettings(
                directory.resolve("hub"),
                "main",
                "Asia/Shanghai",
                new HubSettings.Web(
                        "127.0.0.1", freePort(), List.of("localhost"), 0, Optional.empty()),
                new HubSettings.Mqtt(
                        "127.0.0.1", 0, Optional.of(own), Optional.of(nodes), 1, Optional.empty()),
                new HubSettings.Storage(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(
                        new HubSettings.Founding(
                                "test",
                                Optional.of(directory.resolve("root.json")),
                                "评价组织",
                                "BODY",
                                List.of())));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The school and the site that nodes are let in at. */
    static void insertSite(Tx tx) {
        long tenant = HubWiring.TENANT.value();
        tx.update(
                        """
                        insert into organisation (tenant, id, kind, code, name, region)
                        values (:t, :id, 'SCHOOL', 'SCHOOL', '示范学校', '山东')
                        """)
                .bind("t", tenant)
                .bind("id", SCHOOL)
                .execute();
        tx.update(
                        """
                        insert into site (tenant, id, school, name, region, address, contact, phone,
                            approval, reason)
                        values (:t, :id, :school, '第一考核站点', 'r', 'a', 'c', 'p', 'APPROVED', '')
                        """)
                .bind("t", tenant)
                .bind("id", SITE)
                .bind("school", SCHOOL)
                .execute();
    }

    /** A node that was let in and syncs. */
    FaultNode node(String name) throws Exception {
        return node(name, new PahoConnector());
    }

    FaultNode node(String name, MqttConnector connector) throws Exception {
        FaultNode node =
                FaultNode.enrolled(
                        home(),
                        claim(hub, name),
                        "https://localhost:" + hub.httpsPort(),
                        connector);
        nodes.add(node);
        return node;
    }

    /** A claim code for a node of the site. */
    static String claim(HubWiring hub, String name) {
        StaffScope body =
                new StaffScope(
                        HubWiring.TENANT,
                        "body",
                        new Organisation(
                                HubWiring.TENANT,
                                new OrganisationId(1),
                                OrganisationKind.BODY,
                                "BODY",
                                "评价组织",
                                ""),
                        StaffRole.BODY_STAFF);
        var claim = hub.fleet().fleet().claim(body, name, new SiteId(SITE), List.of());
        if (!(claim instanceof Fleet.ClaimDecision.Made made)) {
            throw new IllegalStateException("no claim code: " + claim);
        }
        return made.code().text();
    }

    /**
     * Starts a node on files that are there already.
     *
     * @param acknowledged by processes before this one, and not claimed by another
     */
    FaultNode started(Path home, List<String> acknowledged) throws Exception {
        FaultNode node = FaultNode.started(home, new PahoConnector(), acknowledged);
        nodes.add(node);
        return node;
    }

    /** A new place for a node's files; the first node has number 1. */
    Path home() {
        return directory.resolve("node-" + ++homes);
    }

    Path home(int number) {
        return directory.resolve("node-" + number);
    }

    boolean hubIsConnected() {
        return hub.fleet().ready();
    }

    static void awaitThat(Callable<Boolean> reached) {
        await().atMost(ARRIVAL_MAX).until(reached);
    }

    /**
     * What must hold whatever happened: every record of these processes of one node is at the hub,
     * under the same number with the same hash, each acknowledged fact once; and verified receipts
     * cover all of it.
     */
    void assertNothingLostOrDoubled(FaultNode... processes) {
        assertNothingLostOrDoubled(hub, processes);
    }

    /** The same of any hub in this process. */
    static void assertNothingLostOrDoubled(HubWiring hub, FaultNode... processes) {
        NodeId id = processes[0].id();
        await().atMost(ARRIVAL_MAX)
                .untilAsserted(
                        () ->
                                assertThat(stored(hub, id).stream().map(Stored::key))
                                        .containsExactlyInAnyOrderElementsOf(keys(processes)));
        await().atMost(ARRIVAL_MAX)
                .until(() -> Stream.of(processes).allMatch(node -> node.waiting() == 0));
        List<String> acknowledged =
                Stream.of(processes).flatMap(node -> node.acknowledged().stream()).toList();
        assertThat(stored(hub, id).stream().flatMap(row -> row.note().stream()))
                .as("acknowledged facts at the hub")
                .containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    private static List<String> keys(FaultNode... processes) {
        // a copy and its original have the records before the copying in common
        return Stream.of(processes)
                .flatMap(node -> node.records().stream())
                .map(FaultWorld::key)
                .distinct()
                .toList();
    }

    private static String key(FactRecord record) {
        return record.epoch().hex()
                + " "
                + record.lane().code()
                + " "
                + record.seq()
                + " "
                + record.hash().hex();
    }

    /** A record as the hub has it; {@code note} is the text of facts that tests save. */
    private record Stored(String key, Optional<String> note) {}

    private static List<Stored> stored(HubWiring hub, NodeId node) {
        List<LaneKey> lanes =
                hub.parts()
                        .database()
                        .inTransaction(
                                tx ->
                                        tx.query(
                                                        """
                                                        select epoch, lane from ingest_lane
                                                        where tenant = :t and node = :node
                                                        """)
                                                .bind("t", HubWiring.TENANT.value())
                                                .bind("node", node.value())
                                                .map(
                                                        (row, context) ->
                                                                new LaneKey(
                                                                        new EpochId(
                                                                                row.getString(
                                                                                        "epoch")),
                                                                        Lane.ofCode(
                                                                                        row
                                                                                                .getString(
                                                                                                        "lane"))
                                                                                .orElseThrow()))
                                                .list());
        return new SqlHubStore(
                        hub.parts().database(),
                        HubWiring.TENANT,
                        Clock.systemUTC(),
                        new SecureRandom()::nextBytes)
                .inTransaction(
                        tx ->
                                lanes.stream()
                                        .flatMap(
                                                lane ->
                                                        tx
                                                                .records(
                                                                        node,
                                                                        lane,
                                                                        1,
                                                                        Integer.MAX_VALUE)
                                                                .stream())
                                        .map(record -> new Stored(key(record), note(record.json())))
                                        .toList());
    }

    private static Optional<String> note(byte[] json) {
        try {
            var fact = Json.mapper().readTree(json);
            return fact.path("t").asText().equals("note")
                    ? Optional.of(fact.path("text").asText())
                    : Optional.empty();
        } catch (IOException notJson) {
            throw new AssertionError("a stored fact is no JSON", notJson);
        }
    }

    /** The hub looks by itself at what is put here. */
    Path hubStick() {
        return directory.resolve("hub/stick");
    }

    /** A blob as the hub has it; empty until it is complete. */
    Optional<byte[]> blob(Digest digest) throws IOException {
        Optional<InputStream> content = hub.parts().blobs().open(digest);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = content.get()) {
            return Optional.of(in.readAllBytes());
        }
    }

    /** Alarms of the hub's ingest about a node, newest first. */
    List<AlarmStore.Row> alarms(NodeId node) {
        var store = new AlarmStore(hub.parts().database(), HubWiring.TENANT, hub.parts().clock());
        return hub.parts().database().inTransaction(store::recent).stream()
                .filter(alarm -> alarm.node().equals(node.value()))
                .toList();
    }

    @Override
    public void close() {
        nodes.forEach(FaultNode::close);
        hub.close();
        broker.close();
        nodeLine.close();
        hubLine.close();
    }
}
