package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of sittings and their seating. Stateless. */
final class SittingStore {
    private static final String SELECT =
            """
            select s.tenant, s.id, s.plan, s.registration, s.candidate, s.subject,
                s.extra_minutes, s.accessible, t.slot, t.site, t.room, t.seat, t.pin, a.number as admission
            from sitting s
            left join seating t on t.tenant = s.tenant and t.sitting = s.id
            left join admission a on a.tenant = s.tenant and a.plan = s.plan
                and a.candidate = s.candidate
            """;

    void add(Tx tx, List<Sitting> added) {
        if (added.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.batch(
                        """
                        insert into sitting (tenant, id, plan, registration, candidate, subject,
                            extra_minutes, accessible)
                        values (:tenant, :id, :plan, :registration, :candidate, :subject, :extra,
                            :accessible)
                        """);
        for (Sitting sitting : added) {
            batch.bind("tenant", sitting.tenant().value())
                    .bind("id", sitting.id().value())
                    .bind("plan", sitting.plan().value())
                    .bind("registration", sitting.registration().value())
                    .bind("candidate", sitting.candidate().value())
                    .bind("subject", sitting.subject().value())
                    .bind("extra", sitting.extraMinutes())
                    .bind("accessible", sitting.accessible())
                    .add();
        }
        batch.execute();
    }

    void accommodate(Tx tx, TenantId tenant, SittingId id, int extraMinutes, boolean accessible) {
        tx.update(
                        """
                        update sitting set extra_minutes = :extra, accessible = :accessible
                        where tenant = :tenant and id = :id
                        """)
                .bind("extra", extraMinutes)
                .bind("accessible", accessible)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    void remove(Tx tx, TenantId tenant, Collection<SittingId> removed) {
        if (removed.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.batch("delete from sitting where tenant = :tenant and id = :id");
        for (SittingId id : removed) {
            batch.bind("tenant", tenant.value()).bind("id", id.value()).add();
        }
        batch.execute();
    }

    /** The sitting, whichever of its attempts is named. */
    Optional<Sitting> find(Tx tx, TenantId tenant, SittingId id) {
        return tx.query(SELECT + " where s.tenant = :tenant and s.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.first().value())
                .map((row, context) -> sitting(row))
                .findOne();
    }

    List<Sitting> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(SELECT + " where s.tenant = :tenant and s.plan = :plan order by s.id")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> sitting(row))
                .list();
    }

    List<Sitting> ofCandidate(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        SELECT
                                + " where s.tenant = :tenant and s.candidate = :candidate"
                                + " order by s.id")
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map((row, context) -> sitting(row))
                .list();
    }

    /** Registered subject entries of these subjects that have no seat. */
    long unseated(Tx tx, TenantId tenant, PlanId plan, Collection<SubjectId> subjects) {
        return tx.query(
                        """
                        select count(*) from sitting s
                        left join seating t on t.tenant = s.tenant and t.sitting = s.id
                        where s.tenant = :tenant and s.plan = :plan
                            and s.subject in (<subjects>) and t.sitting is null
                        """)
                .bindList("subjects", subjects.stream().map(SubjectId::value).toList())
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .mapTo(Long.class)
                .one();
    }

    /** Who has this admission number in the plan. */
    Optional<CandidateId> byAdmission(Tx tx, TenantId tenant, PlanId plan, String number) {
        return tx.query(
                        """
                        select candidate from admission
                        where tenant = :tenant and plan = :plan and number = :number
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .bind("number", number)
                .map((row, context) -> new CandidateId(row.getLong("candidate")))
                .findFirst();
    }

    List<Sitting> ofRegistration(Tx tx, TenantId tenant, RegistrationId registration) {
        return tx.query(
                        SELECT
                                + " where s.tenant = :tenant and s.registration = :registration"
                                + " order by s.id")
                .bind("tenant", tenant.value())
                .bind("registration", registration.value())
                .map((row, context) -> sitting(row))
                .list();
    }

    List<Sitting> ofSlotAndRooms(Tx tx, TenantId tenant, SlotId slot, Collection<RoomId> rooms) {
        if (rooms.isEmpty()) {
            return List.of();
        }
        return tx.query(
                        SELECT
                                + " where t.tenant = :tenant and t.slot = :slot"
                                + " and t.room in (<rooms>) order by t.room, t.seat")
                .bindList("rooms", rooms.stream().map(RoomId::value).toList())
                .bind("tenant", tenant.value())
                .bind("slot", slot.value())
                .map((row, context) -> sitting(row))
                .list();
    }

    private static Sitting sitting(ResultSet row) throws SQLException {
        return new Sitting(
                new TenantId(row.getLong("tenant")),
                new SittingId(row.getLong("id")),
                new PlanId(row.getLong("plan")),
                new RegistrationId(row.getLong("registration")),
                new CandidateId(row.getLong("candidate")),
                new SubjectId(row.getLong("subject")),
                row.getInt("extra_minutes"),
                row.getBoolean("accessible"),
                seating(row));
    }

    private static Optional<Seating> seating(ResultSet row) throws SQLException {
        long slot = row.getLong("slot");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Seating(
                        new SlotId(slot),
                        new SiteId(row.getLong("site")),
                        new RoomId(row.getLong("room")),
                        row.getInt("seat"),
                        row.getString("pin"),
                        row.getString("admission")));
    }
}
