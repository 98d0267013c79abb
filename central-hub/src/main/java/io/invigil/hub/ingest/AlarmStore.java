package io.invigil.hub.ingest;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.hub.HubEffect;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Alarms of ingest and what was refused, for the page on which people see them. Thread-safe. */
public final class AlarmStore {
    public static final int SHOWN_MAX = 200;
    private static final int DETAIL_CHARS_MAX = 1000;
    private static final int NODE_CHARS_MAX = 64;

    private final Database database;
    private final TenantId tenant;
    private final Clock clock;
    private final RecordStore records = new RecordStore();

    public AlarmStore(Database database, TenantId tenant, Clock clock) {
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
    }

    /** One alarm as shown. */
    public record Row(String code, String node, String detail, Instant at) {}

    /**
     * A refused bundle or message.
     *
     * @param item name of the row
     * @param status PARKED or REJECTED
     */
    public record Parked(
            String item, String status, String node, String reason, String detail, Instant at) {}

    /** A stored record that a projection could not take. */
    public record Unapplied(
            String projection, String node, String lane, long seq, String reason, Instant at) {}

    void add(HubEffect.Alarm alarm) {
        database.useTransaction(
                tx ->
                        tx.update(
                                        """
                                        insert into ingest_alarm (tenant, code, node, detail, at_ms)
                                        values (:tenant, :code, :node, :detail, :at)
                                        """)
                                .bind("tenant", tenant.value())
                                .bind("code", alarm.code().name())
                                .bind("node", cut(alarm.node(), NODE_CHARS_MAX))
                                .bind("detail", cut(alarm.detail(), DETAIL_CHARS_MAX))
                                .bind("at", clock.instant())
                                .execute());
    }

    /** Alarms, newest first. */
    public List<Row> recent(Tx tx) {
        return tx.query(
                        """
                        select code, node, detail, at_ms from ingest_alarm
                        where tenant = :tenant order by id desc
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("limit", SHOWN_MAX)
                .map(
                        (row, context) ->
                                new Row(
                                        row.getString("code"),
                                        row.getString("node"),
                                        row.getString("detail"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }

    /** Refused things, newest first. */
    public List<Parked> parked(Tx tx) {
        return tx.query(
                        """
                        select item, status, node, reason, detail, at_ms from ingest_parked
                        where tenant = :tenant order by at_ms desc, item
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("limit", SHOWN_MAX)
                .map(
                        (row, context) ->
                                new Parked(
                                        row.getString("item"),
                                        row.getString("status"),
                                        row.getString("node"),
                                        row.getString("reason"),
                                        row.getString("detail"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }

    /** The bytes of a refused thing. */
    public Optional<byte[]> content(Tx tx, String item) {
        return tx.query("select content from ingest_parked where tenant = :tenant and item = :item")
                .bind("tenant", tenant.value())
                .bind("item", item)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    /** Records that projections could not take. */
    public List<Unapplied> unapplied(Tx tx) {
        return records.unapplied(tx, tenant, SHOWN_MAX).stream()
                .map(
                        row ->
                                new Unapplied(
                                        row.projection(),
                                        row.lane().node().value(),
                                        row.lane().lane().code(),
                                        row.seq(),
                                        row.reason(),
                                        row.at()))
                .toList();
    }

    private static String cut(String text, int max) {
        return text.substring(0, Math.min(text.length(), max));
    }
}
