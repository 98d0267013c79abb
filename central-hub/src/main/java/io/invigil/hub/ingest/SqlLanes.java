package io.invigil.hub.ingest;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.LaneCursor;
import io.invigil.protocol.hub.StoredRange;
import io.invigil.protocol.receipt.LaneKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Cursors and records of one transaction; knows the ids of the lanes it has met. */
final class SqlLanes {
    private static final int RANGE_BYTES = 8 + 8 + Digest.BYTES + Digest.BYTES;

    private final Tx tx;
    private final TenantId tenant;
    private final Instant now;
    private final RunStore runs = new RunStore();
    private final Map<String, Long> ids = new HashMap<>();

    SqlLanes(Tx tx, TenantId tenant, Instant now) {
        this.tx = tx;
        this.tenant = tenant;
        this.now = now;
    }

    LaneCursor lock(NodeId node, LaneKey key, Digest genesis) {
        Optional<LaneCursor> held = read(node, key, tx.dialect().forUpdate());
        if (held.isPresent()) {
            return held.get();
        }
        try {
            tx.update(
                            tx.dialect()
                                    .insertIfAbsent(
                                            "ingest_lane",
                                            List.of("tenant", "node", "epoch", "lane"),
                                            List.of(
                                                    "ack_seq",
                                                    "ack_hash",
                                                    "r2_seq",
                                                    "applied_seq",
                                                    "forked",
                                                    "ranges",
                                                    "changed_ms")))
                    .bind("tenant", tenant.value())
                    .bind("node", node.value())
                    .bind("epoch", key.epoch().hex())
                    .bind("lane", key.lane().code())
                    .bind("ack_seq", 0L)
                    .bind("ack_hash", genesis)
                    .bind("r2_seq", 0L)
                    .bind("applied_seq", 0L)
                    .bind("forked", false)
                    .bind("ranges", new byte[0])
                    .bind("changed_ms", now.toEpochMilli())
                    .execute();
        } catch (UnableToExecuteStatementException failure) {
            // on Derby another instance may have made the row between the two halves of MERGE
            if (!Dialect.isDuplicateKey(failure)) {
                throw failure;
            }
        }
        return read(node, key, tx.dialect().forUpdate()).orElseThrow();
    }

    Optional<LaneCursor> read(NodeId node, LaneKey key, String suffix) {
        return tx.query(
                        """
                        select id, ack_seq, ack_hash, r2_seq, applied_seq, forked, ranges
                        from ingest_lane
                        where tenant = :tenant and node = :node and epoch = :epoch
                            and lane = :lane
                        """
                                + suffix)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("epoch", key.epoch().hex())
                .bind("lane", key.lane().code())
                .map(
                        (row, context) -> {
                            ids.put(name(node, key), row.getLong("id"));
                            return new LaneCursor(
                                    node,
                                    key,
                                    row.getLong("ack_seq"),
                                    Digest.ofHex(row.getString("ack_hash")),
                                    row.getLong("r2_seq"),
                                    row.getLong("applied_seq"),
                                    row.getBoolean("forked"),
                                    ranges(row.getBytes("ranges")));
                        })
                .findOne();
    }

    void save(LaneCursor cursor) {
        tx.update(
                        """
                        update ingest_lane set ack_seq = :ack, ack_hash = :hash, r2_seq = :r2,
                            applied_seq = :applied, forked = :forked, ranges = :ranges,
                            changed_ms = :now
                        where tenant = :tenant and id = :id
                        """)
                .bind("ack", cursor.ackSeq())
                .bind("hash", cursor.ackHash())
                .bind("r2", cursor.r2Seq())
                .bind("applied", cursor.appliedSeq())
                .bind("forked", cursor.forked())
                .bind("ranges", bytes(cursor.ranges()))
                .bind("now", now.toEpochMilli())
                .bind("tenant", tenant.value())
                .bind("id", id(cursor.node(), cursor.key()))
                .execute();
    }

    Map<Long, Digest> hashes(NodeId node, LaneKey key, long first, long last) {
        Map<Long, Digest> hashes = new HashMap<>();
        knownId(node, key)
                .ifPresent(
                        lane ->
                                runs.read(tx, tenant, lane, key, first, last, Integer.MAX_VALUE)
                                        .forEach(
                                                stored ->
                                                        hashes.put(
                                                                stored.record().seq(),
                                                                stored.record().hash())));
        return hashes;
    }

    void insert(NodeId node, List<FactRecord> records) {
        LaneKey key = new LaneKey(records.getFirst().epoch(), records.getFirst().lane());
        runs.insert(tx, tenant, id(node, key), records, now);
    }

    List<FactRecord> records(NodeId node, LaneKey key, long fromSeq, int max) {
        return knownId(node, key).stream()
                .flatMap(
                        lane ->
                                runs
                                        .read(tx, tenant, lane, key, fromSeq, Long.MAX_VALUE, max)
                                        .stream())
                .map(RunStore.Stored::record)
                .toList();
    }

    private long id(NodeId node, LaneKey key) {
        return knownId(node, key)
                .orElseThrow(() -> new IllegalStateException("lane " + key + " has no row"));
    }

    private Optional<Long> knownId(NodeId node, LaneKey key) {
        if (!ids.containsKey(name(node, key))) {
            read(node, key, "");
        }
        return Optional.ofNullable(ids.get(name(node, key)));
    }

    private static String name(NodeId node, LaneKey key) {
        return node.value() + "/" + key.epoch().hex() + "/" + key.lane().code();
    }

    private static byte[] bytes(List<StoredRange> ranges) {
        ByteBuffer out = ByteBuffer.allocate(ranges.size() * RANGE_BYTES);
        for (StoredRange range : ranges) {
            out.putLong(range.first()).putLong(range.last());
            out.put(range.prevHash().bytes()).put(range.lastHash().bytes());
        }
        return out.array();
    }

    private static List<StoredRange> ranges(byte[] bytes) {
        List<StoredRange> ranges = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            long first = in.getLong();
            long last = in.getLong();
            byte[] prevHash = new byte[Digest.BYTES];
            byte[] lastHash = new byte[Digest.BYTES];
            in.get(prevHash).get(lastHash);
            ranges.add(new StoredRange(first, last, Digest.of(prevHash), Digest.of(lastHash)));
        }
        return ranges;
    }
}
