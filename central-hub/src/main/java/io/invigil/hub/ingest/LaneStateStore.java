package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.List;

/** The SQL behind {@link LaneStates}. Stateless. */
final class LaneStateStore {
    static final int SHOWN_MAX = 200;

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
}
