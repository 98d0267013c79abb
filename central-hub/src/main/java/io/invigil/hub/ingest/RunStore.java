package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.receipt.LaneKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * SQL of stored records: one row for a run of records that follow each other in a lane. Rows of a
 * lane never overlap, because whoever inserts holds the lock of the lane's cursor. Stateless.
 */
final class RunStore {
    /** Records in one row; as many as a bundle on MQTT has. */
    static final int RUN_RECORDS_MAX = 512;

    /** Bytes of a row's records before deflate. */
    static final int RUN_BYTES_MAX = 1024 * 1024;

    /** Rows read at a time. */
    private static final int ROWS = 16;

    private static final String INSERT =
            """
            insert into ingest_run (tenant, lane, seq_last, seq_first, prev_hash, head_hash,
                content, stored_ms)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** A record and when it was stored. */
    record Stored(FactRecord record, Instant at) {}

    /**
     * Inserts records of one lane that are not stored, ascending, with or without gaps.
     *
     * @param lane id of the cursor's row
     */
    void insert(Tx tx, TenantId tenant, long lane, List<FactRecord> records, Instant now) {
        // by plain JDBC: the hub's throughput hangs on this statement
        try (PreparedStatement insert = tx.handle().getConnection().prepareStatement(INSERT)) {
            for (List<FactRecord> run : runs(records)) {
                insert.setLong(1, tenant.value());
                insert.setLong(2, lane);
                insert.setLong(3, run.getLast().seq());
                insert.setLong(4, run.getFirst().seq());
                insert.setBytes(5, run.getFirst().prevHash().bytes());
                insert.setBytes(6, run.getLast().hash().bytes());
                insert.setBytes(7, RunCodec.pack(run));
                insert.setLong(8, now.toEpochMilli());
                insert.executeUpdate();
            }
        } catch (SQLException failure) {
            throw new TransactionException("records were not stored", failure);
        }
    }

    /** Cuts at gaps and where a row would become too large. */
    private static List<List<FactRecord>> runs(List<FactRecord> records) {
        List<List<FactRecord>> runs = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int at = 0; at < records.size(); at++) {
            FactRecord record = records.get(at);
            bytes += RunCodec.packedBytes(record);
            boolean follows = at == from || record.seq() == records.get(at - 1).seq() + 1;
            if (!follows || at - from == RUN_RECORDS_MAX || bytes > RUN_BYTES_MAX) {
                runs.add(records.subList(from, at));
                from = at;
                bytes = RunCodec.packedBytes(record);
            }
        }
        runs.add(records.subList(from, records.size()));
        return runs;
    }

    /**
     * Stored records of a lane, ascending, whether or not there are gaps between them.
     *
     * @param max how many at most
     */
    List<Stored> read(
            Tx tx, TenantId tenant, long lane, LaneKey key, long first, long last, int max) {
        List<Stored> found = new ArrayList<>();
        long from = first;
        while (from <= last && found.size() < max) {
            List<Row> rows = rows(tx, tenant, lane, key, from, last);
            for (Row row : rows) {
                for (FactRecord record : row.records()) {
                    if (record.seq() >= from && record.seq() <= last && found.size() < max) {
                        found.add(new Stored(record, row.at()));
                    }
                }
                if (found.size() == max) {
                    return found;
                }
            }
            if (rows.size() < ROWS) {
                return found;
            }
            from = rows.getLast().seqLast() + 1;
        }
        return found;
    }

    private record Row(
            LaneKey key,
            long seqFirst,
            long seqLast,
            Digest prevHash,
            Digest headHash,
            @SuppressWarnings("ArrayRecordComponent") byte[] content,
            Instant at) {
        List<FactRecord> records() {
            return RunCodec.unpack(key, seqFirst, prevHash, headHash, content);
        }
    }

    private static List<Row> rows(
            Tx tx, TenantId tenant, long lane, LaneKey key, long first, long last) {
        return tx.query(
                        """
                        select seq_first, seq_last, prev_hash, head_hash, content, stored_ms
                        from ingest_run
                        where tenant = :tenant and lane = :lane and seq_last >= :first
                            and seq_first <= :last
                        order by seq_last
                        offset 0 rows fetch next :rows rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("lane", lane)
                .bind("first", first)
                .bind("last", last)
                .bind("rows", ROWS)
                .map(
                        (row, context) ->
                                new Row(
                                        key,
                                        row.getLong("seq_first"),
                                        row.getLong("seq_last"),
                                        Digest.of(row.getBytes("prev_hash")),
                                        Digest.of(row.getBytes("head_hash")),
                                        row.getBytes("content"),
                                        Instant.ofEpochMilli(row.getLong("stored_ms"))))
                .list();
    }
}
