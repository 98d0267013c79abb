package io.invigil.hub.arrival;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.PortalClaim;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.fact.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of claims at the portal. Stateless. */
final class ArrivalStore {
    private static final String OPEN =
            """
            select a.sitting, a.request_no, a.exam, a.code, a.leaving, e.node, n.seal_key
            from portal_arrival a
            join exam_package e on e.tenant = a.tenant and e.exam = a.exam
            join fleet_node n on n.tenant = e.tenant and n.node = e.node
            where a.tenant = :tenant and a.answered_ms = 0 and a.asked_ms > :since
                and n.revoked_ms = 0
            """;

    /** A claim with the node that it goes to. */
    record Outgoing(NodeId node, SealPublicKey key, PortalClaim claim) {}

    /**
     * The candidate's sittings whose package's hours touch these, seated and held by a node.
     *
     * @param from the exam ends after this
     * @param to the exam begins before this
     */
    List<ArrivalPlace> places(Tx tx, Candidate candidate, Instant from, Instant to, int max) {
        return tx.query(
                        """
                        select s.id, e.exam, p.name as plan_name, u.name as subject, e.starts_ms,
                            e.ends_ms, i.name as site, r.name as room, r.address, g.seat,
                            n.connected, a.request_no, a.code, a.leaving, a.asked_ms, a.answer,
                            a.room as said_room, a.seat as said_seat
                        from sitting s
                        join seating g on g.tenant = s.tenant and g.sitting = s.id
                        join sitting_holder h on h.tenant = s.tenant and h.sitting = s.id
                        join exam_package e on e.tenant = h.tenant and e.exam = h.exam
                        join fleet_node n on n.tenant = e.tenant and n.node = e.node
                        join exam_plan p on p.tenant = s.tenant and p.id = s.plan
                        join subject u on u.tenant = s.tenant and u.id = s.subject
                        join room r on r.tenant = g.tenant and r.id = g.room
                        join site i on i.tenant = g.tenant and i.id = g.site
                        left join portal_arrival a on a.tenant = s.tenant and a.sitting = s.id
                            and a.exam = e.exam
                        where s.tenant = :tenant and s.candidate = :candidate
                            and e.slot = g.slot and e.starts_ms < :to and e.ends_ms > :from
                            and n.revoked_ms = 0
                        order by e.starts_ms, s.id fetch first :max rows only
                        """)
                .bind("tenant", candidate.tenant().value())
                .bind("candidate", candidate.id().value())
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> place(row))
                .list();
    }

    private static ArrivalPlace place(ResultSet row) throws SQLException {
        Optional<Arrival> last =
                row.getLong("request_no") == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Arrival(
                                        row.getLong("id"),
                                        row.getLong("request_no"),
                                        row.getString("code"),
                                        row.getBoolean("leaving"),
                                        Instant.ofEpochMilli(row.getLong("asked_ms")),
                                        answer(row.getString("answer")),
                                        row.getString("said_room"),
                                        row.getInt("said_seat")));
        return new ArrivalPlace(
                row.getLong("id"),
                row.getString("exam"),
                row.getString("plan_name"),
                row.getString("subject"),
                Instant.ofEpochMilli(row.getLong("starts_ms")),
                Instant.ofEpochMilli(row.getLong("ends_ms")),
                row.getString("site"),
                row.getString("room"),
                row.getString("address"),
                row.getInt("seat"),
                row.getBoolean("connected"),
                last);
    }

    private static Optional<PortalAnswer> answer(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(PortalAnswer.valueOf(name));
    }

    /** The newest number that a claim of the sitting had, whatever its package; 0 for none. */
    long lastRequest(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select request_no from portal_arrival
                        where tenant = :tenant and sitting = :sitting
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** In place of the claim before; not sent, not answered. */
    void put(Tx tx, TenantId tenant, PortalClaim claim, Instant now) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "portal_arrival",
                                        List.of("tenant", "sitting"),
                                        List.of(
                                                "request_no",
                                                "exam",
                                                "code",
                                                "leaving",
                                                "asked_ms",
                                                "sent_ms",
                                                "answer",
                                                "room",
                                                "seat",
                                                "answered_ms")))
                .bind("tenant", tenant.value())
                .bind("sitting", claim.sitting())
                .bind("request_no", claim.request())
                .bind("exam", claim.exam())
                .bind("code", claim.code())
                .bind("leaving", claim.leave())
                .bind("asked_ms", now.toEpochMilli())
                .bind("sent_ms", 0L)
                .bind("answer", "")
                .bind("room", "")
                .bind("seat", 0)
                .bind("answered_ms", 0L)
                .execute();
    }

    /** Unanswered claims since then that were not sent of late. */
    List<Outgoing> due(Tx tx, TenantId tenant, Instant since, Instant silentSince, int max) {
        return tx.query(
                        OPEN
                                + " and a.sent_ms <= :silent order by a.asked_ms, a.sitting"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("since", since.toEpochMilli())
                .bind("silent", silentSince.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> outgoing(row))
                .list();
    }

    List<Outgoing> waiting(Tx tx, TenantId tenant, NodeId node, Instant since, int max) {
        return tx.query(
                        OPEN
                                + " and e.node = :node order by a.asked_ms, a.sitting"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("since", since.toEpochMilli())
                .bind("node", node.value())
                .bind("max", max)
                .map((row, context) -> outgoing(row))
                .list();
    }

    private static Outgoing outgoing(ResultSet row) throws SQLException {
        return new Outgoing(
                new NodeId(row.getString("node")),
                SealPublicKey.ofHex(row.getString("seal_key")),
                new PortalClaim(
                        row.getString("exam"),
                        row.getLong("sitting"),
                        row.getLong("request_no"),
                        row.getString("code"),
                        row.getBoolean("leaving")));
    }

    void sent(Tx tx, TenantId tenant, PortalClaim claim, Instant at) {
        tx.update(
                        """
                        update portal_arrival set sent_ms = :at
                        where tenant = :tenant and sitting = :sitting and request_no = :request
                        """)
                .bind("at", at.toEpochMilli())
                .bind("tenant", tenant.value())
                .bind("sitting", claim.sitting())
                .bind("request", claim.request())
                .execute();
    }

    /** What the node of the exam said; an answer to an older claim changes nothing. */
    void answered(Tx tx, IngestedFact fact, ProctorFact.PortalAnswered said) {
        tx.update(
                        """
                        update portal_arrival set answer = :answer, room = :room, seat = :seat,
                            code = '', answered_ms = :at
                        where tenant = :tenant and sitting = :sitting and request_no = :request
                            and exam = :exam and answered_ms = 0 and exam in (
                                select exam from exam_package
                                where tenant = :tenant and node = :node)
                        """)
                .bind("answer", said.answer().name())
                .bind("room", said.room())
                .bind("seat", said.seat())
                .bind("at", fact.storedAt().toEpochMilli())
                .bind("tenant", fact.tenant().value())
                .bind("sitting", said.sitting())
                .bind("request", said.request())
                .bind("exam", said.exam())
                .bind("node", fact.node().value())
                .execute();
    }
}
