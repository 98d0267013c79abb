package io.invigil.hub.fleet;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.receipt.LaneKey;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SQL of nodes' record keys and certificates, and what of them is revoked. Stateless. */
final class NodeKeyStore {

    void addKey(Tx tx, TenantId tenant, NodeId node, VerifyKey key, Instant from) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "fleet_node_key",
                                        List.of("tenant", "node", "key_id"),
                                        List.of("public_key", "from_ms", "revoked_ms")))
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("key_id", key.keyId())
                .bind("public_key", key.hex())
                .bind("from_ms", from)
                .bind("revoked_ms", 0L)
                .execute();
    }

    /**
     * Revokes the keys of a node that are in force, and its certificates. What is stored now still
     * counts; whatever comes later with these keys is parked for review by two people.
     */
    void revokeAll(Tx tx, TenantId tenant, NodeId node, Instant at) {
        tx.update(
                        """
                        insert into fleet_valid_through (tenant, node, key_id, epoch, lane, seq)
                        select l.tenant, l.node, k.key_id, l.epoch, l.lane, l.ack_seq
                        from ingest_lane l
                        join fleet_node_key k on k.tenant = l.tenant and k.node = l.node
                        where l.tenant = :tenant and l.node = :node and k.revoked_ms = 0
                            and l.ack_seq > 0
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .execute();
        for (String table : List.of("fleet_node_key", "fleet_certificate")) {
            tx.update(
                            "update "
                                    + table
                                    + " set revoked_ms = :at where tenant = :tenant"
                                    + " and node = :node and revoked_ms = 0")
                    .bind("at", at)
                    .bind("tenant", tenant.value())
                    .bind("node", node.value())
                    .execute();
        }
    }

    /** Every key the node ever had, with how far it holds. */
    List<KeyStanding> keys(Tx tx, TenantId tenant, NodeId node) {
        Map<String, Map<LaneKey, Long>> through = new HashMap<>();
        tx.query(
                        """
                        select key_id, epoch, lane, seq from fleet_valid_through
                        where tenant = :tenant and node = :node
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .map(
                        (row, context) ->
                                through.computeIfAbsent(
                                                row.getString("key_id"), id -> new HashMap<>())
                                        .put(
                                                new LaneKey(
                                                        new EpochId(row.getString("epoch")),
                                                        lane(row.getString("lane"))),
                                                row.getLong("seq")))
                .list();
        return tx.query(
                        """
                        select key_id, public_key, revoked_ms from fleet_node_key
                        where tenant = :tenant and node = :node order by from_ms desc
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .map(
                        (row, context) ->
                                new KeyStanding(
                                        VerifyKey.ofHex(row.getString("public_key")),
                                        row.getLong("revoked_ms") != 0,
                                        through.getOrDefault(row.getString("key_id"), Map.of())))
                .list();
    }

    void addCertificate(
            Tx tx,
            TenantId tenant,
            NodeId node,
            String purpose,
            X509Certificate certificate,
            Instant at) {
        tx.update(
                        """
                        insert into fleet_certificate (tenant, serial, node, purpose, issued_ms,
                            expires_ms, revoked_ms)
                        values (:tenant, :serial, :node, :purpose, :issued, :expires, 0)
                        """)
                .bind("tenant", tenant.value())
                .bind("serial", certificate.getSerialNumber().toString(16))
                .bind("node", node.value())
                .bind("purpose", purpose)
                .bind("issued", at)
                .bind("expires", certificate.getNotAfter().toInstant())
                .execute();
    }

    /** Serial numbers of client certificates that may connect. */
    List<BigInteger> serialsInForce(Tx tx, TenantId tenant) {
        return tx.query(
                        """
                        select serial from fleet_certificate
                        where tenant = :tenant and purpose = 'CLIENT' and revoked_ms = 0
                        """)
                .bind("tenant", tenant.value())
                .map((row, context) -> new BigInteger(row.getString("serial"), 16))
                .list();
    }

    /** Revoked certificates and since when, for a revocation list. */
    Map<BigInteger, Instant> revokedSerials(Tx tx, TenantId tenant) {
        Map<BigInteger, Instant> revoked = new HashMap<>();
        tx.query(
                        """
                        select serial, revoked_ms from fleet_certificate
                        where tenant = :tenant and revoked_ms <> 0
                        """)
                .bind("tenant", tenant.value())
                .map(
                        (row, context) ->
                                revoked.put(
                                        new BigInteger(row.getString("serial"), 16),
                                        Instant.ofEpochMilli(row.getLong("revoked_ms"))))
                .list();
        return revoked;
    }

    /** A revoked key of a node, for the signed list. */
    record RevokedKey(NodeId node, Digest keyId, Instant at, String reason) {}

    List<RevokedKey> revokedKeys(Tx tx, TenantId tenant, int limit) {
        return tx.query(
                        """
                        select k.node, k.key_id, k.revoked_ms, n.revoke_reason
                        from fleet_node_key k
                        join fleet_node n on n.tenant = k.tenant and n.node = k.node
                        where k.tenant = :tenant and k.revoked_ms <> 0
                        order by k.revoked_ms desc
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map(
                        (row, context) ->
                                new RevokedKey(
                                        new NodeId(row.getString("node")),
                                        Digest.ofHex(row.getString("key_id")),
                                        Instant.ofEpochMilli(row.getLong("revoked_ms")),
                                        row.getString("revoke_reason")))
                .list();
    }

    private static Lane lane(String code) {
        return Lane.ofCode(code).orElseThrow(() -> new IllegalStateException("lane " + code));
    }
}
