package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import java.time.Instant;
import java.util.List;

/** SQL of assignments. Stateless. */
final class AssignmentStore {

    /** A duty with its hours, over all plans of the tenant. */
    record Busy(Assignment assignment, PlanId plan, Instant from, Instant to, long site) {}

    void replace(
            Tx tx,
            TenantId tenant,
            PlanId plan,
            SlotId slot,
            RoomId room,
            List<Assignment> wanted,
            String login,
            Instant at) {
        tx.update(
                        """
                        delete from proctor_assignment
                        where tenant = :tenant and slot = :slot and room = :room
                        """)
                .bind("tenant", tenant.value())
                .bind("slot", slot.value())
                .bind("room", room.value())
                .execute();
        for (Assignment one : wanted) {
            tx.update(
                            """
                            insert into proctor_assignment (tenant, plan, slot, room, proctor, duty,
                                login, at_ms)
                            values (:tenant, :plan, :slot, :room, :proctor, :duty, :login, :at)
                            """)
                    .bind("tenant", tenant.value())
                    .bind("plan", plan.value())
                    .bind("slot", slot.value())
                    .bind("room", room.value())
                    .bind("proctor", one.proctor().value())
                    .bind("duty", one.duty().name())
                    .bind("login", login)
                    .bind("at", at)
                    .execute();
        }
    }

    /** Everything anybody of the tenant is assigned to from the instant on. */
    List<Busy> busy(Tx tx, TenantId tenant, Instant from) {
        return tx.query(
                        """
                        select a.plan, a.slot, a.room, a.proctor, a.duty, s.start_ms, s.end_ms, r.site
                        from proctor_assignment a
                        join slot s on s.tenant = a.tenant and s.id = a.slot
                        join room r on r.tenant = a.tenant and r.id = a.room
                        where a.tenant = :tenant and s.end_ms > :from
                        order by a.slot, a.room, a.duty desc, a.proctor
                        """)
                .bind("tenant", tenant.value())
                .bind("from", from)
                .map(
                        (row, context) ->
                                new Busy(
                                        new Assignment(
                                                new SlotId(row.getLong("slot")),
                                                new RoomId(row.getLong("room")),
                                                new ProctorId(row.getLong("proctor")),
                                                Assignment.Duty.valueOf(row.getString("duty"))),
                                        new PlanId(row.getLong("plan")),
                                        Instant.ofEpochMilli(row.getLong("start_ms")),
                                        Instant.ofEpochMilli(row.getLong("end_ms")),
                                        row.getLong("site")))
                .list();
    }

    List<Assignment> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(
                        """
                        select slot, room, proctor, duty from proctor_assignment
                        where tenant = :tenant and plan = :plan
                        order by slot, room, duty desc, proctor
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                new Assignment(
                                        new SlotId(row.getLong("slot")),
                                        new RoomId(row.getLong("room")),
                                        new ProctorId(row.getLong("proctor")),
                                        Assignment.Duty.valueOf(row.getString("duty"))))
                .list();
    }

    boolean isAssigned(Tx tx, Proctor proctor) {
        return tx.query(
                                """
                                select count(*) from proctor_assignment
                                where tenant = :tenant and proctor = :proctor
                                """)
                        .bind("tenant", proctor.tenant().value())
                        .bind("proctor", proctor.id().value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    boolean onlyBodyAssigns(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(
                                "select count(*) from proctor_policy"
                                        + " where tenant = :tenant and plan = :plan")
                        .bind("tenant", tenant.value())
                        .bind("plan", plan.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void setOnlyBodyAssigns(Tx tx, TenantId tenant, PlanId plan, boolean only) {
        tx.update("delete from proctor_policy where tenant = :tenant and plan = :plan")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .execute();
        if (only) {
            tx.update("insert into proctor_policy (tenant, plan) values (:tenant, :plan)")
                    .bind("tenant", tenant.value())
                    .bind("plan", plan.value())
                    .execute();
        }
    }
}
