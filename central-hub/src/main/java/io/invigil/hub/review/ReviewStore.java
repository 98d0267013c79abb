package io.invigil.hub.review;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** SQL of review decisions. Stateless. */
final class ReviewStore {

    void add(Tx tx, TenantId tenant, ReviewDecision decision) {
        tx.update(
                        """
                        insert into review_decision (tenant, sitting, number, decision, reason,
                            login, review_level, at_ms)
                        values (:tenant, :sitting, :number, :decision, :reason, :login, :level,
                            :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", decision.sitting())
                .bind("number", decision.number())
                .bind("decision", decision.decision().name())
                .bind("reason", decision.reason())
                .bind("login", decision.login())
                .bind("level", decision.level().name())
                .bind("at", decision.at().toEpochMilli())
                .execute();
    }

    List<ReviewDecision> ofSitting(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select * from review_decision
                        where tenant = :tenant and sitting = :sitting order by number
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> decision(row))
                .list();
    }

    List<ReviewDecision> ofPlan(Tx tx, TenantId tenant, long plan) {
        return tx.query(
                        """
                        select r.* from review_decision r join sitting s
                            on s.tenant = r.tenant and s.id = r.of_sitting
                        where r.tenant = :tenant and s.plan = :plan
                        order by r.sitting, r.number
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan)
                .map((row, context) -> decision(row))
                .list();
    }

    private static ReviewDecision decision(ResultSet row) throws SQLException {
        return new ReviewDecision(
                row.getLong("sitting"),
                row.getInt("number"),
                ReviewState.valueOf(row.getString("decision")),
                row.getString("reason"),
                row.getString("login"),
                ReviewLevel.valueOf(row.getString("review_level")),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }
}
