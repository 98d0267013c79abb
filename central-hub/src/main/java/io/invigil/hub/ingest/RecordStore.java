package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.LaneKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** SQL of stored records as projections read them. Stateless. */
final class RecordStore {
    private final RunStore runs = new RunStore();

    /**
     * A lane that holds more than a projection has applied.
     *
     * @param id number of the lane's row
     * @param ackSeq stored without gap up to here
     */
    record LaneRow(long id, NodeId node, EpochId epoch, Lane lane, long ackSeq) {}

    /** Lanes of the process starts in which any of these projections is behind. */
    List<LaneRow> behind(Tx tx, TenantId tenant, String projection, int limit) {
        // not a left join: Derby makes an inner one of it where coalesce stands in the condition
        return tx.query(
                        """
                        select l.id, l.node, l.epoch, l.lane, l.ack_seq
                        from ingest_lane l
                        where l.tenant = :tenant and l.ack_seq > 0 and not exists (
                            select 1 from ingest_projection p
                            where p.tenant = l.tenant and p.lane = l.id
                                and p.projection = :projection and p.applied_seq >= l.ack_seq)
                        order by l.node, l.epoch, l.lane
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("limit", limit)
                .map(
                        (row, context) ->
                                new LaneRow(
                                        row.getLong("id"),
                                        new NodeId(row.getString("node")),
                                        new EpochId(row.getString("epoch")),
                                        lane(row.getString("lane")),
                                        row.getLong("ack_seq")))
                .list();
    }

    /** Locks and returns how far a projection is with a lane; 0 for a new one. */
    long lockProgress(Tx tx, TenantId tenant, String projection, long lane) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "ingest_projection",
                                        List.of("tenant", "projection", "lane"),
                                        List.of("applied_seq")))
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("lane", lane)
                .bind("applied_seq", 0L)
                .execute();
        return tx.query(
                        """
                        select applied_seq from ingest_projection
                        where tenant = :tenant and projection = :projection and lane = :lane
                        """
                                + tx.dialect().forUpdate())
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("lane", lane)
                .mapTo(Long.class)
                .one();
    }

    /** How far a projection is with a lane, without a lock. */
    long progress(Tx tx, TenantId tenant, String projection, long lane) {
        return tx.query(
                        """
                        select applied_seq from ingest_projection
                        where tenant = :tenant and projection = :projection and lane = :lane
                        """)
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("lane", lane)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    void setProgress(Tx tx, TenantId tenant, String projection, long lane, long appliedSeq) {
        tx.update(
                        """
                        update ingest_projection set applied_seq = :applied
                        where tenant = :tenant and projection = :projection and lane = :lane
                        """)
                .bind("applied", appliedSeq)
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("lane", lane)
                .execute();
    }

    /** Forgets all progress: everything stored will be applied again. */
    void forgetProgress(Tx tx, TenantId tenant, String projection) {
        for (String table : List.of("ingest_projection", "ingest_unapplied")) {
            tx.update("delete from " + table + " where tenant = :tenant and projection = :name")
                    .bind("tenant", tenant.value())
                    .bind("name", projection)
                    .execute();
        }
    }

    /** Records of one lane after {@code after} up to its acknowledged end, ascending. */
    List<IngestedFact> read(Tx tx, TenantId tenant, LaneRow lane, long after, int limit) {
        LaneKey key = new LaneKey(lane.epoch(), lane.lane());
        return runs.read(tx, tenant, lane.id(), key, after + 1, lane.ackSeq(), limit).stream()
                .map(
                        stored ->
                                IngestedFact.of(
                                        tenant,
                                        lane.node(),
                                        lane.epoch(),
                                        lane.lane(),
                                        stored.record().seq(),
                                        stored.record().position(),
                                        stored.record().json(),
                                        stored.record().hash(),
                                        stored.at()))
                .toList();
    }

    void park(
            Tx tx,
            TenantId tenant,
            String projection,
            long lane,
            long seq,
            String reason,
            Instant at) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "ingest_unapplied",
                                        List.of("tenant", "projection", "lane", "seq"),
                                        List.of("reason", "at_ms")))
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("lane", lane)
                .bind("seq", seq)
                .bind("reason", reason)
                .bind("at_ms", at.toEpochMilli())
                .execute();
    }

    void unpark(Tx tx, TenantId tenant, String projection, long lane, long seq) {
        tx.update(
                        """
                        delete from ingest_unapplied where tenant = :tenant
                        and projection = :projection and lane = :lane and seq = :seq
                        """)
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("lane", lane)
                .bind("seq", seq)
                .execute();
    }

    private static final String UNAPPLIED =
            """
            select u.projection, u.lane as lane_id, u.seq, u.reason, u.at_ms,
                l.node, l.epoch, l.lane, l.ack_seq
            from ingest_unapplied u
            join ingest_lane l on l.tenant = u.tenant and l.id = u.lane
            where u.tenant = :tenant
            """;

    /** Records that a projection could not apply, oldest first. */
    List<Unapplied> unapplied(Tx tx, TenantId tenant, int limit) {
        return tx.query(
                        UNAPPLIED
                                + """
                                order by u.at_ms, u.lane, u.seq
                                offset 0 rows fetch next :limit rows only
                                """)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map((row, context) -> unapplied(row))
                .list();
    }

    /** Records of one projection whose reason begins with a word, from one on, by lane and seq. */
    List<Unapplied> waiting(
            Tx tx,
            TenantId tenant,
            String projection,
            String word,
            long afterLane,
            long afterSeq,
            int limit) {
        return tx.query(
                        UNAPPLIED
                                + """
                                and u.projection = :projection and u.reason like :word
                                and (u.lane > :lane or (u.lane = :lane and u.seq > :seq))
                                order by u.lane, u.seq
                                offset 0 rows fetch next :limit rows only
                                """)
                .bind("tenant", tenant.value())
                .bind("projection", projection)
                .bind("word", word + " %")
                .bind("lane", afterLane)
                .bind("seq", afterSeq)
                .bind("limit", limit)
                .map((row, context) -> unapplied(row))
                .list();
    }

    private static Unapplied unapplied(ResultSet row) throws SQLException {
        return new Unapplied(
                row.getString("projection"),
                new LaneRow(
                        row.getLong("lane_id"),
                        new NodeId(row.getString("node")),
                        new EpochId(row.getString("epoch")),
                        lane(row.getString("lane")),
                        row.getLong("ack_seq")),
                row.getLong("seq"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }

    /** A stored record that one projection has not taken. */
    record Unapplied(String projection, LaneRow lane, long seq, String reason, Instant at) {}

    static Lane lane(String code) {
        return Lane.ofCode(code).orElseThrow(() -> new IllegalStateException("lane " + code));
    }
}
