package io.invigil.hub.marking;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** SQL of decisions on answers kept apart. Stateless. */
final class LateStore {

    void add(Tx tx, TenantId tenant, LateDecision decision) {
        tx.update(
                        """
                        insert into late_decision (tenant, sitting, op, number, accepted, reason,
                            login, at_ms)
                        values (:tenant, :sitting, :op, :number, :accepted, :reason, :login, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", decision.sitting())
                .bind("op", decision.op())
                .bind("number", decision.number())
                .bind("accepted", decision.accepted() ? 1 : 0)
                .bind("reason", decision.reason())
                .bind("login", decision.login())
                .bind("at", decision.at().toEpochMilli())
                .execute();
    }

    /** The decisions that count, by op. */
    Map<String, LateDecision> ofSitting(Tx tx, TenantId tenant, long sitting) {
        Map<String, LateDecision> decisions = new LinkedHashMap<>();
        tx.query(
                        """
                        select * from late_decision
                        where tenant = :tenant and sitting = :sitting order by op, number
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map(
                        (row, context) ->
                                new LateDecision(
                                        sitting,
                                        row.getString("op"),
                                        row.getInt("number"),
                                        row.getInt("accepted") == 1,
                                        row.getString("reason"),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list()
                .forEach(decision -> decisions.put(decision.op(), decision));
        return decisions;
    }
}
