package io.invigil.hub.violation;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** SQL of bans. Stateless. */
final class BanStore {
    private static final int IN_LIST_MAX = 500;
    private static final String SELECT =
            """
            select tenant, id, candidate, body, from_ms, to_ms, reason, login, at_ms, lifted_ms,
                lifted_by, lifted_reason
            from exam_ban
            """;

    void add(Tx tx, Ban ban) {
        tx.update(
                        """
                        insert into exam_ban (tenant, id, candidate, body, from_ms, to_ms, reason,
                            login, at_ms, lifted_ms, lifted_by, lifted_reason)
                        values (:tenant, :id, :candidate, :body, :from, :to, :reason, :login, :at,
                            0, '', '')
                        """)
                .bind("tenant", ban.tenant().value())
                .bind("id", ban.id())
                .bind("candidate", ban.candidate().value())
                .bind("body", ban.body().map(OrganisationId::value).orElse(0L))
                .bind("from", ban.effect().from())
                .bind("to", ban.effect().to())
                .bind("reason", ban.reason())
                .bind("login", ban.login())
                .bind("at", ban.at())
                .execute();
    }

    /** False when it was lifted already. */
    boolean lift(Tx tx, TenantId tenant, long id, Ban.Lifting lifting) {
        return tx.update(
                                """
                                update exam_ban set lifted_ms = :at, lifted_by = :login,
                                    lifted_reason = :reason
                                where tenant = :tenant and id = :id and lifted_ms = 0
                                """)
                        .bind("at", lifting.at())
                        .bind("login", lifting.login())
                        .bind("reason", lifting.reason())
                        .bind("tenant", tenant.value())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    Optional<Ban> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> ban(row))
                .findOne();
    }

    /** Newest first. */
    List<Ban> all(Tx tx, TenantId tenant, int offset, int limit) {
        return tx.query(SELECT + " where tenant = :tenant order by id desc " + tx.dialect().page())
                .bind("tenant", tenant.value())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> ban(row))
                .list();
    }

    long count(Tx tx, TenantId tenant) {
        return tx.query("select count(*) from exam_ban where tenant = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(Long.class)
                .one();
    }

    /** Bans of these candidates that touch the window and were not lifted. */
    List<Ban> touching(Tx tx, TenantId tenant, Collection<CandidateId> candidates, Window window) {
        List<Ban> found = new ArrayList<>();
        List<Long> all = candidates.stream().map(CandidateId::value).toList();
        for (int from = 0; from < all.size(); from += IN_LIST_MAX) {
            found.addAll(
                    tx.query(
                                    SELECT
                                            + """
                                             where tenant = :tenant and lifted_ms = 0
                                              and from_ms < :to and to_ms > :from
                                              and candidate in (<some>) order by to_ms
                                            """)
                            .bindList(
                                    "some",
                                    all.subList(from, Math.min(all.size(), from + IN_LIST_MAX)))
                            .bind("tenant", tenant.value())
                            .bind("from", window.from())
                            .bind("to", window.to())
                            .map((row, context) -> ban(row))
                            .list());
        }
        return found;
    }

    /** All bans that touch the window and were not lifted. */
    List<Ban> touching(Tx tx, TenantId tenant, Window window) {
        return tx.query(
                        SELECT
                                + """
                                 where tenant = :tenant and lifted_ms = 0
                                  and from_ms < :to and to_ms > :from order by to_ms
                                """)
                .bind("tenant", tenant.value())
                .bind("from", window.from())
                .bind("to", window.to())
                .map((row, context) -> ban(row))
                .list();
    }

    private static Ban ban(ResultSet row) throws SQLException {
        long body = row.getLong("body");
        long lifted = row.getLong("lifted_ms");
        return new Ban(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                new CandidateId(row.getLong("candidate")),
                body == 0 ? Optional.empty() : Optional.of(new OrganisationId(body)),
                new Window(
                        Instant.ofEpochMilli(row.getLong("from_ms")),
                        Instant.ofEpochMilli(row.getLong("to_ms"))),
                row.getString("reason"),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                lifted == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Ban.Lifting(
                                        Instant.ofEpochMilli(lifted),
                                        row.getString("lifted_by"),
                                        row.getString("lifted_reason"))));
    }
}
