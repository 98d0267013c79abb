package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.attempt.LedgerPlace;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of late changes. Stateless. */
final class LateChangeStore {
    static final int CHANGES_MAX = 5_000;

    /** What a node says counts only for an exam that is its own. */
    private static final String SELECT =
            """
            select c.tenant, c.node, c.change_id, c.exam, c.sitting, c.kind, c.detail, c.reason,
                c.recorded_by, c.at_ms,
                c.decision, c.decision_reason, c.decided_by, c.decided_ms, t.name as site_name,
                t.school, e.slot, e.site, c.epoch, c.lane, c.seq, c.position_no, c.body, c.account, c.witness,
                p.id as candidate, p.name as person, p.number, r.name as room, g.seat
            from late_change c
            join exam_package e on e.tenant = c.tenant and e.exam = c.exam and e.node = c.node
            join site t on t.tenant = e.tenant and t.id = e.site
            left join sitting s on s.tenant = c.tenant and s.id = c.sitting
            left join candidate p on p.tenant = s.tenant and p.id = s.candidate
            left join seating g on g.tenant = s.tenant and g.sitting = s.id
            left join room r on r.tenant = g.tenant and r.id = g.room
            where c.tenant = :tenant and e.plan = :plan
            """;

    /**
     * A change with the school of its site and the sitting it is about, 0 for none.
     *
     * @param body the fact as the node wrote it; empty for one that was kept without it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            long school,
            long sitting,
            RoomChange change,
            LedgerPlace place,
            Optional<byte[]> body) {}

    void add(Tx tx, IngestedFact fact, ProctorFact.LateChange change, FactStamp stamp) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "late_change",
                                        List.of("tenant", "node", "change_id"),
                                        List.of(
                                                "exam",
                                                "sitting",
                                                "kind",
                                                "detail",
                                                "reason",
                                                "recorded_by",
                                                "at_ms",
                                                "decision",
                                                "decision_reason",
                                                "decided_by",
                                                "decided_ms",
                                                "epoch",
                                                "lane",
                                                "seq",
                                                "position_no",
                                                "body",
                                                "account",
                                                "witness")))
                .bind("tenant", fact.tenant().value())
                .bind("node", fact.node().value())
                .bind("change_id", change.change())
                .bind("exam", change.exam())
                .bind("sitting", change.sitting().map(AttemptKey::sittingOf).orElse(0L))
                .bind("kind", change.kind().name())
                .bind("detail", change.detail())
                .bind("reason", change.reason())
                .bind("recorded_by", stamp.by())
                .bind("at_ms", stamp.at())
                .bind("decision", "")
                .bind("decision_reason", "")
                .bind("decided_by", "")
                .bind("decided_ms", 0L)
                .bind("epoch", fact.epoch().hex())
                .bind("lane", fact.lane().name())
                .bind("seq", fact.seq())
                .bind("position_no", fact.position())
                .bind("body", fact.json())
                .bind("account", "")
                .bind("witness", "")
                .execute();
    }

    /** An account was opened for the person of a change. */
    void opened(Tx tx, IngestedFact fact, ProctorFact.StandInOpened opened) {
        tx.update(
                        """
                        update late_change set account = :account, witness = :witness
                        where tenant = :tenant and node = :node and change_id = :change
                        """)
                .bind("account", opened.login())
                .bind("witness", opened.witness())
                .bind("tenant", fact.tenant().value())
                .bind("node", fact.node().value())
                .bind("change", opened.change())
                .execute();
    }

    /** Those that wait first, then the newest. */
    List<Row> ofPlan(Tx tx, Plan plan) {
        return tx.query(
                        SELECT
                                + " order by c.decided_ms, c.at_ms desc, c.node, c.change_id"
                                + " fetch first :max rows only")
                .bind("tenant", plan.tenant().value())
                .bind("plan", plan.id().value())
                .bind("max", CHANGES_MAX)
                .map((row, context) -> row(row))
                .list();
    }

    /** One change, held until the transaction ends. */
    Optional<Row> locked(Tx tx, Plan plan, String node, String id) {
        tx.lockRows(
                "late_change",
                Map.of("tenant", plan.tenant().value(), "node", node, "change_id", id));
        return tx.query(SELECT + " and c.node = :node and c.change_id = :id")
                .bind("tenant", plan.tenant().value())
                .bind("plan", plan.id().value())
                .bind("node", node)
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne();
    }

    void decide(Tx tx, Plan plan, String node, String id, RoomChange.Decided decided) {
        tx.update(
                        """
                        update late_change set decision = :decision, decision_reason = :reason,
                            decided_by = :by, decided_ms = :at
                        where tenant = :tenant and node = :node and change_id = :id
                        """)
                .bind("decision", decided.verdict().name())
                .bind("reason", decided.reason())
                .bind("by", decided.login())
                .bind("at", decided.at().toEpochMilli())
                .bind("tenant", plan.tenant().value())
                .bind("node", node)
                .bind("id", id)
                .execute();
    }

    private static Row row(ResultSet row) throws SQLException {
        String person = row.getString("person");
        String room = row.getString("room");
        String decision = row.getString("decision");
        Optional<byte[]> body = Optional.ofNullable(row.getBytes("body"));
        return new Row(
                row.getLong("school"),
                row.getLong("sitting"),
                new RoomChange(
                        row.getString("node"),
                        row.getString("change_id"),
                        row.getString("exam"),
                        LateChangeKind.valueOf(row.getString("kind")),
                        row.getString("detail"),
                        row.getString("reason"),
                        row.getString("recorded_by"),
                        Instant.ofEpochMilli(row.getLong("at_ms")),
                        new RoomChange.Place(
                                row.getString("site_name"),
                                new SiteId(row.getLong("site")),
                                new SlotId(row.getLong("slot"))),
                        details(body),
                        row.getString("account"),
                        row.getString("witness"),
                        person == null
                                ? Optional.empty()
                                : Optional.of(
                                        new RoomChange.Registered(
                                                row.getLong("candidate"),
                                                person,
                                                row.getString("number"),
                                                room == null ? "" : room,
                                                row.getInt("seat"))),
                        decision.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        new RoomChange.Decided(
                                                RoomChange.Verdict.valueOf(decision),
                                                row.getString("decision_reason"),
                                                row.getString("decided_by"),
                                                Instant.ofEpochMilli(row.getLong("decided_ms"))))),
                new LedgerPlace(
                        new TenantId(row.getLong("tenant")),
                        row.getString("node"),
                        row.getString("epoch"),
                        row.getString("lane"),
                        row.getLong("seq"),
                        row.getLong("position_no")),
                body);
    }

    private static LateChangeDetails details(Optional<byte[]> body) {
        return body.flatMap(StampedFact::parse)
                .map(StampedFact::fact)
                .filter(ProctorFact.LateChange.class::isInstance)
                .map(fact -> ((ProctorFact.LateChange) fact).details())
                .orElse(LateChangeDetails.NONE);
    }
}
