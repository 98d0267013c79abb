package io.invigil.hub.fleet;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SQL of nodes and claims. Stateless. Lists of names are lines of one text. */
final class FleetStore {
    private static final String NODE_COLUMNS =
            """
            select node, site, site_name, rooms, record_key, seal_key, lan_names, software,
                enrolled_ms, last_seen_ms, connected, revoked_ms, revoked_by, revoke_reason
            from fleet_node where tenant = :tenant
            """;

    void addClaim(Tx tx, TenantId tenant, Claim claim) {
        tx.update(
                        """
                        insert into fleet_claim (tenant, claim, proof_key, node, site, site_name,
                            rooms, login, created_ms, expires_ms, used_ms, used_request)
                        values (:tenant, :claim, :proof, :node, :site, :siteName, :rooms, :login,
                            :created, :expires, 0, '')
                        """)
                .bind("tenant", tenant.value())
                .bind("claim", claim.id())
                .bind("proof", claim.proofKey())
                .bind("node", claim.node().value())
                .bind("site", claim.site().value())
                .bind("siteName", claim.siteName())
                .bind("rooms", String.join("\n", claim.rooms()))
                .bind("login", claim.login())
                .bind("created", claim.createdAt())
                .bind("expires", claim.expiresAt())
                .execute();
    }

    Optional<Claim> claim(Tx tx, TenantId tenant, String id) {
        return tx.query(
                        """
                        select claim, proof_key, node, site, site_name, rooms, login, created_ms,
                            expires_ms, used_ms, used_request
                        from fleet_claim where tenant = :tenant and claim = :claim
                        """)
                .bind("tenant", tenant.value())
                .bind("claim", id)
                .map((row, context) -> claim(row))
                .findOne();
    }

    List<Claim> recentClaims(Tx tx, TenantId tenant, int limit) {
        return tx.query(
                        """
                        select claim, proof_key, node, site, site_name, rooms, login, created_ms,
                            expires_ms, used_ms, used_request
                        from fleet_claim where tenant = :tenant order by created_ms desc
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map((row, context) -> claim(row))
                .list();
    }

    /** True for the one caller that used it. */
    boolean useClaim(Tx tx, TenantId tenant, String id, String requestDigest, Instant at) {
        return tx.update(
                                """
                                update fleet_claim set used_ms = :at, used_request = :request
                                where tenant = :tenant and claim = :claim and used_ms = 0
                                """)
                        .bind("at", at)
                        .bind("request", requestDigest)
                        .bind("tenant", tenant.value())
                        .bind("claim", id)
                        .execute()
                == 1;
    }

    void saveNode(Tx tx, TenantId tenant, SiteNode node) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "fleet_node",
                                        List.of("tenant", "node"),
                                        List.of(
                                                "site",
                                                "site_name",
                                                "rooms",
                                                "record_key",
                                                "seal_key",
                                                "lan_names",
                                                "software",
                                                "enrolled_ms",
                                                "last_seen_ms",
                                                "connected",
                                                "revoked_ms",
                                                "revoked_by",
                                                "revoke_reason")))
                .bind("tenant", tenant.value())
                .bind("node", node.id().value())
                .bind("site", node.site().value())
                .bind("site_name", node.siteName())
                .bind("rooms", String.join("\n", node.rooms()))
                .bind("record_key", node.recordKey().hex())
                .bind("seal_key", node.sealKey().hex())
                .bind("lan_names", String.join("\n", node.lanNames()))
                .bind("software", node.software())
                .bind("enrolled_ms", node.enrolledAt())
                .bind("last_seen_ms", node.lastSeen())
                .bind("connected", node.connected())
                .bind("revoked_ms", node.revoked().map(r -> r.at().toEpochMilli()).orElse(0L))
                .bind("revoked_by", node.revoked().map(SiteNode.Revoked::login).orElse(""))
                .bind("revoke_reason", node.revoked().map(SiteNode.Revoked::reason).orElse(""))
                .execute();
    }

    Optional<SiteNode> node(Tx tx, TenantId tenant, NodeId node) {
        return tx.query(NODE_COLUMNS + " and node = :node")
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .map((row, context) -> node(row))
                .findOne();
    }

    List<SiteNode> nodes(Tx tx, TenantId tenant) {
        return tx.query(NODE_COLUMNS + " order by site, node")
                .bind("tenant", tenant.value())
                .map((row, context) -> node(row))
                .list();
    }

    List<SiteNode> nodesOfSite(Tx tx, TenantId tenant, SiteId site) {
        return tx.query(NODE_COLUMNS + " and site = :site order by node")
                .bind("tenant", tenant.value())
                .bind("site", site.value())
                .map((row, context) -> node(row))
                .list();
    }

    void seen(Tx tx, TenantId tenant, NodeId node, boolean connected, String software, Instant at) {
        tx.update(
                        """
                        update fleet_node set last_seen_ms = :at, connected = :connected,
                            software = :software
                        where tenant = :tenant and node = :node
                        """)
                .bind("at", at)
                .bind("connected", connected)
                .bind("software", software)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .execute();
    }

    void gone(Tx tx, TenantId tenant, NodeId node) {
        tx.update(
                        """
                        update fleet_node set connected = :connected
                        where tenant = :tenant and node = :node
                        """)
                .bind("connected", false)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .execute();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        long used = row.getLong("used_ms");
        return new Claim(
                row.getString("claim"),
                row.getBytes("proof_key"),
                new NodeId(row.getString("node")),
                new SiteId(row.getLong("site")),
                row.getString("site_name"),
                lines(row.getString("rooms")),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("created_ms")),
                Instant.ofEpochMilli(row.getLong("expires_ms")),
                used == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Claim.Use(
                                        Instant.ofEpochMilli(used),
                                        row.getString("used_request"))));
    }

    private static SiteNode node(ResultSet row) throws SQLException {
        long revoked = row.getLong("revoked_ms");
        return new SiteNode(
                new NodeId(row.getString("node")),
                new SiteId(row.getLong("site")),
                row.getString("site_name"),
                lines(row.getString("rooms")),
                VerifyKey.ofHex(row.getString("record_key")),
                SealPublicKey.ofHex(row.getString("seal_key")),
                lines(row.getString("lan_names")),
                row.getString("software"),
                Instant.ofEpochMilli(row.getLong("enrolled_ms")),
                Instant.ofEpochMilli(row.getLong("last_seen_ms")),
                row.getBoolean("connected"),
                revoked == 0
                        ? Optional.empty()
                        : Optional.of(
                                new SiteNode.Revoked(
                                        Instant.ofEpochMilli(revoked),
                                        row.getString("revoked_by"),
                                        row.getString("revoke_reason"))));
    }

    private static List<String> lines(String text) {
        return Stream.of(text.split("\n")).filter(line -> !line.isEmpty()).toList();
    }
}
