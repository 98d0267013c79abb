package io.invigil.hub.fleet;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.broker.AccessGate;
import io.invigil.hub.broker.MqttIdentity;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.hub.HubDirectory;
import io.invigil.protocol.hub.NodeStanding;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Who the nodes are, from memory: read again every {@link #REFRESH} and at once after a change by
 * this instance, so a revocation by any instance is in force well within 60 s in broker and web.
 * Thread-safe.
 */
public final class FleetDirectory implements HubDirectory, AccessGate {
    public static final Duration REFRESH = Duration.ofSeconds(10);

    private final Database database;
    private final TenantId tenant;
    private final Realm realm;
    private final BiFunction<Tx, NodeId, Set<String>> examsOf;
    private final FleetStore store = new FleetStore();
    private final NodeKeyStore keys = new NodeKeyStore();
    private volatile View view = new View(Map.of(), Set.of());
    private volatile Consumer<NodeId> onRevoked = node -> {};

    private record View(Map<NodeId, Known> nodes, Set<BigInteger> serials) {}

    private record Known(SiteNode node, NodeStanding standing) {}

    /**
     * @param examsOf names of the packages that were ever published for a node
     */
    public FleetDirectory(
            Database database,
            TenantId tenant,
            Realm realm,
            BiFunction<Tx, NodeId, Set<String>> examsOf) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.examsOf = examsOf;
    }

    /** Who is told that a node's connections must end. */
    public void whenRevoked(Consumer<NodeId> listener) {
        onRevoked = listener;
    }

    /** Reads the tables anew. */
    public synchronized void refresh() {
        View before = view;
        View now =
                database.inTransaction(
                        tx -> {
                            Map<NodeId, Known> nodes = new HashMap<>();
                            for (SiteNode node : store.nodes(tx, tenant)) {
                                nodes.put(
                                        node.id(),
                                        new Known(
                                                node,
                                                new NodeStanding(
                                                        node.siteName(),
                                                        examsOf.apply(tx, node.id()),
                                                        keys.keys(tx, tenant, node.id()))));
                            }
                            List<BigInteger> serials = keys.serialsInForce(tx, tenant);
                            return new View(Map.copyOf(nodes), new HashSet<>(serials));
                        });
        view = now;
        for (Known known : before.nodes().values()) {
            Known after = now.nodes().get(known.node().id());
            boolean shutOut = after == null || after.node().revoked().isPresent();
            boolean otherBox =
                    after != null && !after.node().recordKey().equals(known.node().recordKey());
            if (known.node().revoked().isEmpty() && (shutOut || otherBox)) {
                onRevoked.accept(known.node().id());
            }
        }
    }

    @Override
    public Optional<NodeStanding> standing(NodeId node) {
        return Optional.ofNullable(view.nodes().get(node)).map(Known::standing);
    }

    /** The node as last read. */
    public Optional<SiteNode> node(NodeId node) {
        return Optional.ofNullable(view.nodes().get(node)).map(Known::node);
    }

    @Override
    public boolean admits(MqttIdentity identity, BigInteger certificateSerial) {
        if (!identity.realm().equals(realm)) {
            return false;
        }
        return identity.role() == MqttIdentity.Role.HUB
                || inForce(new NodeId(identity.id()), certificateSerial);
    }

    /** The node that a verified TLS client certificate belongs to; empty when it may not in. */
    public Optional<NodeId> admitted(X509Certificate certificate) {
        return MqttIdentity.of(certificate)
                .filter(who -> who.role() == MqttIdentity.Role.NODE && who.realm().equals(realm))
                .map(who -> new NodeId(who.id()))
                .filter(node -> inForce(node, certificate.getSerialNumber()));
    }

    private boolean inForce(NodeId node, BigInteger serial) {
        View current = view;
        Known known = current.nodes().get(node);
        return known != null
                && known.node().revoked().isEmpty()
                && current.serials().contains(serial);
    }
}
