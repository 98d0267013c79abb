package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.LaneKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL behind {@link LaneStates} and {@link LaneAudit}. Stateless. */
final class LaneStateStore {
    static final int SHOWN_MAX = 200;

    /** A lane's row and how far it goes without gaps. */
    record Cursor(long id, LaneAudit.Head head) {}

    /** Lanes of a node, the latest changed first. */
    List<LaneState> of(Tx tx, TenantId tenant, NodeId node) {
        return tx.query(
                        """
                        select epoch, lane, ack_seq, r2_seq, forked, ranges, changed_ms
                        from ingest_lane where tenant = :tenant and node = :node
                        order by changed_ms desc, epoch, lane
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("limit", SHOWN_MAX)
                .map(
                        (row, context) ->
                                new LaneState(
                                        row.getString("epoch"),
                                        row.getString("lane"),
                                        row.getLong("ack_seq"),
                                        row.getLong("r2_seq"),
                                        row.getBytes("ranges").length > 0,
                                        row.getBoolean("forked"),
                                        Instant.ofEpochMilli(row.getLong("changed_ms"))))
                .list();
    }

    /** Every lane that holds something without a gap before it. */
    List<Cursor> cursors(Tx tx, TenantId tenant) {
        return tx.query(
                        """
                        select id, node, epoch, lane, ack_seq, ack_hash from ingest_lane
                        where tenant = :tenant and ack_seq > 0 order by id
                        """)
                .bind("tenant", tenant.value())
                .map((row, context) -> cursor(row))
                .list();
    }

    Optional<Cursor> cursor(Tx tx, TenantId tenant, NodeId node, LaneKey key) {
        return tx.query(
                        """
                        select id, node, epoch, lane, ack_seq, ack_hash from ingest_lane
                        where tenant = :tenant and node = :node and epoch = :epoch
                            and lane = :lane
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("epoch", key.epoch().hex())
                .bind("lane", key.lane().code())
                .map((row, context) -> cursor(row))
                .findOne();
    }

    private static Cursor cursor(ResultSet row) throws SQLException {
        LaneKey key =
                new LaneKey(
                        new EpochId(row.getString("epoch")),
                        RecordStore.lane(row.getString("lane")));
        return new Cursor(
                row.getLong("id"),
                new LaneAudit.Head(
                        new NodeId(row.getString("node")),
                        key,
                        row.getLong("ack_seq"),
                        Digest.ofHex(row.getString("ack_hash"))));
    }
}
