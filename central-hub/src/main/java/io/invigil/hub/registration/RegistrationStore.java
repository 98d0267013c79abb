package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of registrations. Stateless. */
final class RegistrationStore {
    private static final int BATCH_ROWS = 1000;
    private static final String SELECT =
            """
            select r.tenant, r.id, r.plan, r.plan_level, r.candidate, r.target_type, r.login,
                r.at_ms
            from registration r
            """;

    void add(Tx tx, List<Registration> added) {
        for (int from = 0; from < added.size(); from += BATCH_ROWS) {
            PreparedBatch batch =
                    tx.batch(
                            """
                            insert into registration (tenant, id, plan, plan_level, candidate,
                                target_type, login, at_ms)
                            values (:tenant, :id, :plan, :level, :candidate, :type, :login, :at)
                            """);
            for (Registration one :
                    added.subList(from, Math.min(added.size(), from + BATCH_ROWS))) {
                batch.bind("tenant", one.tenant().value())
                        .bind("id", one.id().value())
                        .bind("plan", one.plan().value())
                        .bind("level", one.level().value())
                        .bind("candidate", one.candidate().value())
                        .bind("type", one.targetType())
                        .bind("login", one.login())
                        .bind("at", one.at())
                        .add();
            }
            batch.execute();
        }
    }

    /** Removes a registration whose sittings are gone. */
    void remove(Tx tx, TenantId tenant, RegistrationId id) {
        tx.update("delete from registration where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    Optional<Registration> find(Tx tx, TenantId tenant, RegistrationId id) {
        return tx.query(SELECT + " where r.tenant = :tenant and r.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> registration(row))
                .findOne();
    }

    /** Registrations of the plan, of one school or of all, by id. */
    List<Registration> ofPlan(
            Tx tx, TenantId tenant, PlanId plan, Optional<OrganisationId> school) {
        String join =
                school.isPresent()
                        ? " join candidate c on c.tenant = r.tenant and c.id = r.candidate"
                                + " and c.school = :school"
                        : "";
        var query =
                tx.query(
                        SELECT
                                + join
                                + " where r.tenant = :tenant and r.plan = :plan order by r.id");
        school.ifPresent(one -> query.bind("school", one.value()));
        return query.bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> registration(row))
                .list();
    }

    /** The level's registrations by candidate. */
    Map<CandidateId, RegistrationId> ofLevel(Tx tx, TenantId tenant, LevelId level) {
        Map<CandidateId, RegistrationId> found = new HashMap<>();
        tx.query(
                        """
                        select id, candidate from registration
                        where tenant = :tenant and plan_level = :level
                        """)
                .bind("tenant", tenant.value())
                .bind("level", level.value())
                .map(
                        (row, context) ->
                                Map.entry(
                                        new CandidateId(row.getLong("candidate")),
                                        new RegistrationId(row.getLong("id"))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Registration registration(ResultSet row) throws SQLException {
        return new Registration(
                new TenantId(row.getLong("tenant")),
                new RegistrationId(row.getLong("id")),
                new PlanId(row.getLong("plan")),
                new LevelId(row.getLong("plan_level")),
                new CandidateId(row.getLong("candidate")),
                row.getString("target_type"),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }
}
