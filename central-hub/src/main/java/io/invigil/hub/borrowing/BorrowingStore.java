package io.invigil.hub.borrowing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.site.RoomId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SQL of borrowings. Stateless. */
final class BorrowingStore {

    void add(Tx tx, Borrowing added) {
        tx.update(
                        """
                        insert into borrowing (tenant, id, plan, school, seats, reason, state, login,
                            at_ms, decided_by, decided_ms, answer)
                        values (:tenant, :id, :plan, :school, :seats, :reason, :state, :login, :at,
                            '', 0, '')
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id().value())
                .bind("plan", added.plan().value())
                .bind("school", added.school().value())
                .bind("seats", added.seats())
                .bind("reason", added.reason())
                .bind("state", added.state().name())
                .bind("login", added.login())
                .bind("at", added.at())
                .execute();
    }

    /** Writes state, decision and lent rooms. */
    void decide(Tx tx, Borrowing decided) {
        Borrowing.Decision by = decided.decision().orElseThrow();
        tx.update(
                        """
                        update borrowing set state = :state, decided_by = :login,
                            decided_ms = :at, answer = :words
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", decided.tenant().value())
                .bind("id", decided.id().value())
                .bind("state", decided.state().name())
                .bind("login", by.login())
                .bind("at", by.at())
                .bind("words", by.words())
                .execute();
        tx.update("delete from borrowed_room where tenant = :tenant and borrowing = :id")
                .bind("tenant", decided.tenant().value())
                .bind("id", decided.id().value())
                .execute();
        for (RoomId room : decided.rooms()) {
            tx.update(
                            """
                            insert into borrowed_room (tenant, borrowing, room)
                            values (:tenant, :id, :room)
                            """)
                    .bind("tenant", decided.tenant().value())
                    .bind("id", decided.id().value())
                    .bind("room", room.value())
                    .execute();
        }
    }

    /** Newest first. */
    List<Borrowing> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        Map<Long, Set<RoomId>> rooms = new HashMap<>();
        tx.query(
                        """
                        select r.borrowing, r.room from borrowed_room r
                        join borrowing b on b.tenant = r.tenant and b.id = r.borrowing
                        where b.tenant = :tenant and b.plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .forEach(
                        pair ->
                                rooms.computeIfAbsent(pair[0], key -> new HashSet<>())
                                        .add(new RoomId(pair[1])));
        return tx.query(
                        """
                        select tenant, id, plan, school, seats, reason, state, login, at_ms,
                            decided_by, decided_ms, answer
                        from borrowing where tenant = :tenant and plan = :plan order by id desc
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> borrowing(row, rooms))
                .list();
    }

    /** How many sittings of the school's candidates have a seat in the room. */
    long seated(Tx tx, TenantId tenant, RoomId room, OrganisationId school) {
        return tx.query(
                        """
                        select count(*) from seating t
                        join sitting s on s.tenant = t.tenant and s.id = t.sitting
                        join candidate c on c.tenant = s.tenant and c.id = s.candidate
                        where t.tenant = :tenant and t.room = :room and c.school = :school
                        """)
                .bind("tenant", tenant.value())
                .bind("room", room.value())
                .bind("school", school.value())
                .mapTo(Long.class)
                .one();
    }

    private static Borrowing borrowing(ResultSet row, Map<Long, Set<RoomId>> rooms)
            throws SQLException {
        long decided = row.getLong("decided_ms");
        return new Borrowing(
                new TenantId(row.getLong("tenant")),
                new BorrowingId(row.getLong("id")),
                new PlanId(row.getLong("plan")),
                new OrganisationId(row.getLong("school")),
                row.getInt("seats"),
                row.getString("reason"),
                Borrowing.State.valueOf(row.getString("state")),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                rooms.getOrDefault(row.getLong("id"), Set.of()),
                decided == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Borrowing.Decision(
                                        row.getString("decided_by"),
                                        Instant.ofEpochMilli(decided),
                                        row.getString("answer"))));
    }
}
