package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of parked bundles as people review them. Stateless. */
final class ParkedStore {

    /** A parked bundle as it came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String item, String reason, Instant at, byte[] content) {}

    /** Authentic ones, oldest first; what is in quarantine is nobody's to let in. */
    List<ParkedBundles.Listed> list(Tx tx, TenantId tenant, int limit) {
        return tx.query(
                        """
                        select item, node, reason, detail, at_ms from ingest_parked
                        where tenant = :tenant and status = 'PARKED' order by at_ms, item
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map(
                        (row, context) ->
                                new ParkedBundles.Listed(
                                        row.getString("item"),
                                        row.getString("node"),
                                        row.getString("reason"),
                                        row.getString("detail"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }

    Optional<Row> find(Tx tx, TenantId tenant, String item) {
        return tx.query(
                        """
                        select item, reason, content, at_ms from ingest_parked
                        where tenant = :tenant and item = :item and status = 'PARKED'
                        """)
                .bind("tenant", tenant.value())
                .bind("item", item)
                .map(
                        (row, context) ->
                                new Row(
                                        row.getString("item"),
                                        row.getString("reason"),
                                        Instant.ofEpochMilli(row.getLong("at_ms")),
                                        row.getBytes("content")))
                .findOne();
    }
}
