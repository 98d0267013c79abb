package io.invigil.hub.sessionroom;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.fact.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of sessions held by room servers. Stateless. */
final class SessionRoomStore {
    private static final long NO_PAPER = 0;

    /** Whose presence at which session a sitting is. */
    record Seat(long session, CandidateId student) {}

    void put(Tx tx, HeldSession held) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "session_room",
                                        List.of("tenant", "session_id"),
                                        List.of(
                                                "plan", "subject", "slot", "site", "room", "node",
                                                "paper", "login", "at_ms")))
                .bind("tenant", held.tenant().value())
                .bind("session_id", held.session())
                .bind("plan", held.plan().value())
                .bind("subject", held.subject().value())
                .bind("slot", held.slot().value())
                .bind("site", held.site().value())
                .bind("room", held.room().value())
                .bind("node", held.node().value())
                .bind("paper", held.paper().map(PaperId::value).orElse(NO_PAPER))
                .bind("login", held.login())
                .bind("at_ms", held.at())
                .execute();
    }

    Optional<HeldSession> find(Tx tx, TenantId tenant, long session) {
        return tx.query(
                        """
                        select tenant, session_id, plan, subject, slot, site, room, node, paper,
                            login, at_ms
                        from session_room where tenant = :tenant and session_id = :session
                        """)
                .bind("tenant", tenant.value())
                .bind("session", session)
                .map((row, context) -> held(row))
                .findOne();
    }

    /** The session that a sitting belongs to; empty for sittings of ordinary plans. */
    Optional<Seat> seat(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select h.session_id, s.candidate from sitting s
                        join session_room h on h.tenant = s.tenant and h.plan = s.plan
                        where s.tenant = :tenant and s.id = :sitting
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map(
                        (row, context) ->
                                new Seat(
                                        row.getLong("session_id"),
                                        new CandidateId(row.getLong("candidate"))))
                .findOne();
    }

    private static HeldSession held(ResultSet row) throws SQLException {
        long paper = row.getLong("paper");
        return new HeldSession(
                new TenantId(row.getLong("tenant")),
                row.getLong("session_id"),
                new PlanId(row.getLong("plan")),
                new SubjectId(row.getLong("subject")),
                new SlotId(row.getLong("slot")),
                new SiteId(row.getLong("site")),
                new RoomId(row.getLong("room")),
                new NodeId(row.getString("node")),
                paper == NO_PAPER ? Optional.empty() : Optional.of(new PaperId(paper)),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }
}
