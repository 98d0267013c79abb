package io.invigil.hub.fleet;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.trust.ClaimCode;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What staff do with nodes: give out claim codes, look, revoke (XSP/1 section 10). Only staff of
 * the body may change anything; a school sees the nodes of its sites.
 */
public final class Fleet {
    public static final int ROOMS_MAX = 40;
    public static final int CLAIMS_SHOWN_MAX = 100;
    public static final int REASON_CHARS_MAX = 500;
    static final int SITE_NAME_CHARS_MAX = 128;

    private final Database database;
    private final TenantId tenant;
    private final RealmKeys realm;
    private final Sites sites;
    private final FleetDirectory directory;
    private final Clock clock;
    private final Entropy entropy;
    private final FleetStore store = new FleetStore();
    private final Audit audit = new Audit();
    private final NodeKeyStore keys = new NodeKeyStore();

    public Fleet(
            Database database,
            TenantId tenant,
            RealmKeys realm,
            Sites sites,
            FleetDirectory directory,
            Clock clock,
            Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.sites = sites;
        this.directory = directory;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** What came of asking for a claim code. */
    public sealed interface ClaimDecision {
        /** The code is shown once and kept nowhere. */
        record Made(Claim claim, ClaimCode code) implements ClaimDecision {}

        record Refused(FleetRefusal reason) implements ClaimDecision {}
    }

    /**
     * Makes a claim code, valid for 24 hours and one enrolment. For a node that exists it enrols
     * the box that takes its place: the old keys are revoked in that moment.
     *
     * @param rooms names of rooms it will serve; empty: all of the site
     */
    public ClaimDecision claim(StaffScope scope, String node, SiteId site, List<String> rooms) {
        if (scope.role() != StaffRole.BODY_STAFF) {
            return new ClaimDecision.Refused(FleetRefusal.FLEET_FORBIDDEN);
        }
        if (!NodeId.isValid(node)) {
            return new ClaimDecision.Refused(FleetRefusal.FLEET_NODE_NAME);
        }
        List<String> names = rooms.stream().filter(r -> !r.isBlank()).distinct().toList();
        if (names.size() > ROOMS_MAX || names.stream().anyMatch(r -> r.length() > 100)) {
            return new ClaimDecision.Refused(FleetRefusal.FLEET_ROOMS_TOO_MANY);
        }
        NodeId id = new NodeId(node);
        return database.inTransaction(
                tx -> {
                    Optional<Site> found = sites.findVisible(tx, scope, site);
                    if (found.isEmpty()) {
                        return new ClaimDecision.Refused(FleetRefusal.FLEET_SITE_UNKNOWN);
                    }
                    boolean elsewhere =
                            store.node(tx, tenant, id)
                                    .filter(n -> n.revoked().isEmpty())
                                    .filter(n -> !n.site().equals(site))
                                    .isPresent();
                    if (elsewhere) {
                        return new ClaimDecision.Refused(FleetRefusal.FLEET_NODE_AT_OTHER_SITE);
                    }
                    return make(tx, scope, id, found.get(), names);
                });
    }

    private ClaimDecision make(
            Tx tx, StaffScope scope, NodeId node, Site site, List<String> rooms) {
        ClaimCode code = ClaimCode.make(realm.trust().rootVerifyKey(), entropy);
        Instant now = clock.instant();
        String name = site.name();
        Claim claim =
                new Claim(
                        code.claimId(),
                        code.proofKey(),
                        node,
                        site.id(),
                        name.substring(0, Math.min(name.length(), SITE_NAME_CHARS_MAX)),
                        rooms,
                        scope.login(),
                        now,
                        now.plus(ClaimCode.VALID_FOR),
                        Optional.empty());
        store.addClaim(tx, tenant, claim);
        audit.created(
                tx,
                scope.actor(),
                "node",
                node,
                Map.of("claimed", site.id().value(), "rooms", rooms, "until", claim.expiresAt()));
        return new ClaimDecision.Made(claim, code);
    }

    /**
     * Shuts a node out: connections by web and broker end within a minute, bundles beyond what is
     * stored now are parked.
     *
     * @return empty when done
     */
    public Optional<FleetRefusal> revoke(StaffScope scope, NodeId node, String reason) {
        if (scope.role() != StaffRole.BODY_STAFF) {
            return Optional.of(FleetRefusal.FLEET_FORBIDDEN);
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return Optional.of(FleetRefusal.FLEET_REASON_MISSING);
        }
        Instant now = clock.instant();
        Optional<FleetRefusal> refusal =
                database.inTransaction(
                        tx -> {
                            Optional<SiteNode> found = store.node(tx, tenant, node);
                            if (found.isEmpty()) {
                                return Optional.of(FleetRefusal.FLEET_NODE_UNKNOWN);
                            }
                            if (found.get().revoked().isPresent()) {
                                return Optional.of(FleetRefusal.FLEET_ALREADY_REVOKED);
                            }
                            keys.revokeAll(tx, tenant, node, now);
                            store.saveNode(
                                    tx,
                                    tenant,
                                    revoked(
                                            found.get(),
                                            new SiteNode.Revoked(now, scope.login(), reason)));
                            audit.changed(
                                    tx,
                                    scope.actor(),
                                    "node",
                                    node,
                                    Map.of("revoked", ""),
                                    Map.of("revoked", reason));
                            return Optional.empty();
                        });
        if (refusal.isEmpty()) {
            directory.refresh();
        }
        return refusal;
    }

    private static SiteNode revoked(SiteNode node, SiteNode.Revoked revoked) {
        return new SiteNode(
                node.id(),
                node.site(),
                node.siteName(),
                node.rooms(),
                node.recordKey(),
                node.sealKey(),
                node.lanNames(),
                node.software(),
                node.enrolledAt(),
                node.lastSeen(),
                false,
                Optional.of(revoked));
    }

    /** Nodes of the sites that the scope sees. */
    public List<SiteNode> nodes(Tx tx, StaffScope scope) {
        List<SiteId> visible = sites.visible(tx, scope).stream().map(Site::id).toList();
        return store.nodes(tx, tenant).stream()
                .filter(node -> visible.contains(node.site()))
                .toList();
    }

    /** Nodes in force at a site; a package is built for each. */
    public List<SiteNode> inForceAt(Tx tx, SiteId site) {
        return new SiteNodes().inForceAt(tx, tenant, site);
    }

    public Optional<SiteNode> node(Tx tx, NodeId node) {
        return store.node(tx, tenant, node);
    }

    /** Claims that were given out, newest first. */
    public List<Claim> recentClaims(Tx tx) {
        return store.recentClaims(tx, tenant, CLAIMS_SHOWN_MAX);
    }

    /** Has what ingest and broker know of nodes and packages read anew. */
    public void changed() {
        directory.refresh();
    }

    /** Serial numbers of revoked certificates, and since when. */
    public Map<BigInteger, Instant> revokedSerials() {
        return database.inTransaction(tx -> keys.revokedSerials(tx, tenant));
    }

    /** A node said Hello. */
    public void seen(NodeId node, String software) {
        database.useTransaction(
                tx -> store.seen(tx, tenant, node, true, software, clock.instant()));
    }

    /** The broker told that a node's connection has ended. */
    public void gone(NodeId node) {
        database.useTransaction(tx -> store.gone(tx, tenant, node));
    }
}
