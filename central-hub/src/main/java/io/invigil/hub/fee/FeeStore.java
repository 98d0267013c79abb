package io.invigil.hub.fee;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.SittingId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** SQL of fee requests and prices. Stateless. */
final class FeeStore {
    private static final int BATCH_ROWS = 1000;
    private static final String FROM =
            """
            from fee_request q
            join exam_plan p on p.tenant = q.tenant and p.id = q.plan
            join plan_level l on l.tenant = q.tenant and l.id = q.plan_level
            join organisation s on s.tenant = q.tenant and s.id = q.school
            join organisation b on b.tenant = q.tenant and b.id = q.body
            """;
    private static final String SELECT =
            """
            select q.tenant, q.id, q.number, q.plan, q.plan_level, q.school, q.body, q.mode_name,
                q.people, q.quantity, q.amount_fen, q.login, q.at_ms, q.confirmed_ms,
                q.confirmed_by, p.name as plan_title, s.name as school_title,
                b.name as body_title, l.certificate_name, l.level_name
            """;

    void add(Tx tx, FeeRequest one, List<FeeRequest.Line> lines, Collection<SittingId> entries) {
        tx.update(
                        """
                        insert into fee_request (tenant, id, number, plan, plan_level, school, body,
                            mode_name, people, quantity, amount_fen, login, at_ms, confirmed_ms,
                            confirmed_by)
                        values (:tenant, :id, :number, :plan, :level, :school, :body, :mode,
                            :people, :quantity, :amount, :login, :at, 0, '')
                        """)
                .bind("tenant", one.tenant().value())
                .bind("id", one.id().value())
                .bind("number", one.number())
                .bind("plan", one.plan().value())
                .bind("level", one.level().value())
                .bind("school", one.school().value())
                .bind("body", one.body().value())
                .bind("mode", one.mode().name())
                .bind("people", one.people())
                .bind("quantity", one.quantity())
                .bind("amount", one.amountFen())
                .bind("login", one.login())
                .bind("at", one.at())
                .execute();
        PreparedBatch batch =
                tx.batch(
                        """
                        insert into fee_line (tenant, request, subject, quantity, price_fen)
                        values (:tenant, :request, :subject, :quantity, :price)
                        """);
        for (FeeRequest.Line line : lines) {
            batch.bind("tenant", one.tenant().value())
                    .bind("request", one.id().value())
                    .bind("subject", line.subject())
                    .bind("quantity", line.quantity())
                    .bind("price", line.priceFen())
                    .add();
        }
        batch.execute();
        addEntries(tx, one, List.copyOf(entries));
    }

    private static void addEntries(Tx tx, FeeRequest one, List<SittingId> entries) {
        for (int from = 0; from < entries.size(); from += BATCH_ROWS) {
            PreparedBatch batch =
                    tx.batch(
                            """
                            insert into fee_entry (tenant, sitting, request)
                            values (:tenant, :sitting, :request)
                            """);
            for (SittingId id :
                    entries.subList(from, Math.min(entries.size(), from + BATCH_ROWS))) {
                batch.bind("tenant", one.tenant().value())
                        .bind("sitting", id.value())
                        .bind("request", one.id().value())
                        .add();
            }
            batch.execute();
        }
    }

    void remove(Tx tx, FeeRequest one) {
        for (String table : List.of("fee_entry", "fee_line")) {
            tx.update("delete from " + table + " where tenant = :tenant and request = :request")
                    .bind("tenant", one.tenant().value())
                    .bind("request", one.id().value())
                    .execute();
        }
        tx.update("delete from fee_request where tenant = :tenant and id = :id")
                .bind("tenant", one.tenant().value())
                .bind("id", one.id().value())
                .execute();
    }

    /** Marks a pending request; false when it is confirmed already. */
    boolean confirm(Tx tx, FeeRequest one, Instant at, String login) {
        return tx.update(
                                """
                                update fee_request set confirmed_ms = :at, confirmed_by = :login
                                where tenant = :tenant and id = :id and confirmed_ms = 0
                                """)
                        .bind("at", at)
                        .bind("login", login)
                        .bind("tenant", one.tenant().value())
                        .bind("id", one.id().value())
                        .execute()
                == 1;
    }

    Optional<FeeRow> find(Tx tx, TenantId tenant, FeeRequestId id) {
        return tx.query(SELECT + FROM + " where q.tenant = :tenant and q.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    Optional<FeeRow> findByNumber(Tx tx, TenantId tenant, String number) {
        return tx.query(SELECT + FROM + " where q.tenant = :tenant and q.number = :number")
                .bind("tenant", tenant.value())
                .bind("number", number)
                .map((row, context) -> row(row))
                .findOne();
    }

    List<FeeRow> rows(Tx tx, TenantId tenant, FeeFilter filter, int offset, int limit) {
        Query query =
                tx.query(
                        SELECT
                                + FROM
                                + where(filter)
                                + " order by q.id desc "
                                + tx.dialect().page());
        return bind(query, tenant, filter)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** The rows after a request, newest first. */
    List<FeeRow> after(Tx tx, TenantId tenant, FeeFilter filter, long last, int limit) {
        Query query =
                tx.query(
                        SELECT
                                + FROM
                                + where(filter)
                                + " and q.id < :last order by q.id desc"
                                + " fetch first :limit rows only");
        return bind(query, tenant, filter)
                .bind("last", last)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    long count(Tx tx, TenantId tenant, FeeFilter filter) {
        Query query = tx.query("select count(*) " + FROM + where(filter));
        return bind(query, tenant, filter).mapTo(Long.class).one();
    }

    private static String where(FeeFilter filter) {
        List<String> parts = new ArrayList<>(List.of("q.tenant = :tenant"));
        filter.plan().ifPresent(one -> parts.add("q.plan = :plan"));
        filter.school().ifPresent(one -> parts.add("q.school = :school"));
        filter.body().ifPresent(one -> parts.add("q.body = :body"));
        filter.state()
                .ifPresent(
                        state ->
                                parts.add(
                                        state == FeeRequest.State.PENDING
                                                ? "q.confirmed_ms = 0"
                                                : "q.confirmed_ms > 0"));
        if (!filter.text().isBlank()) {
            parts.add("q.number like :part escape '!'");
        }
        if (!filter.only().isEmpty()) {
            parts.add("q.id in (<only>)");
        }
        return " where " + String.join(" and ", parts);
    }

    private static Query bind(Query query, TenantId tenant, FeeFilter filter) {
        query.bind("tenant", tenant.value());
        filter.plan().ifPresent(one -> query.bind("plan", one.value()));
        filter.school().ifPresent(one -> query.bind("school", one.value()));
        filter.body().ifPresent(one -> query.bind("body", one.value()));
        if (!filter.text().isBlank()) {
            String literal =
                    filter.text().strip().replace("!", "!!").replace("%", "!%").replace("_", "!_");
            query.bind("part", "%" + literal + "%");
        }
        if (!filter.only().isEmpty()) {
            query.bindList("only", filter.only().stream().map(FeeRequestId::value).toList());
        }
        return query;
    }

    List<FeeRequest.Line> lines(Tx tx, FeeRequest one) {
        return tx.query(
                        """
                        select subject, quantity, price_fen from fee_line
                        where tenant = :tenant and request = :request order by subject
                        """)
                .bind("tenant", one.tenant().value())
                .bind("request", one.id().value())
                .map(
                        (row, context) ->
                                new FeeRequest.Line(
                                        row.getLong("subject"),
                                        row.getInt("quantity"),
                                        row.getLong("price_fen")))
                .list();
    }

    List<SittingId> entries(Tx tx, FeeRequest one) {
        return tx.query(
                        """
                        select sitting from fee_entry
                        where tenant = :tenant and request = :request order by sitting
                        """)
                .bind("tenant", one.tenant().value())
                .bind("request", one.id().value())
                .map((row, context) -> new SittingId(row.getLong("sitting")))
                .list();
    }

    Map<SittingId, Payments.Payment> payments(Tx tx, TenantId tenant, PlanId plan) {
        Map<SittingId, Payments.Payment> found = new HashMap<>();
        tx.query(
                        """
                        select e.sitting, q.confirmed_ms from fee_entry e
                        join fee_request q on q.tenant = e.tenant and q.id = e.request
                        where q.tenant = :tenant and q.plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> payment(row))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    Map<SittingId, Payments.Payment> payments(Tx tx, TenantId tenant, CandidateId candidate) {
        Map<SittingId, Payments.Payment> found = new HashMap<>();
        tx.query(
                        """
                        select e.sitting, q.confirmed_ms from sitting s
                        join fee_entry e on e.tenant = s.tenant and e.sitting = s.id
                        join fee_request q on q.tenant = e.tenant and q.id = e.request
                        where s.tenant = :tenant and s.candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map((row, context) -> payment(row))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Map.Entry<SittingId, Payments.Payment> payment(ResultSet row)
            throws SQLException {
        return Map.entry(
                new SittingId(row.getLong("sitting")),
                row.getLong("confirmed_ms") > 0
                        ? Payments.Payment.PAID
                        : Payments.Payment.REQUESTED);
    }

    void price(Tx tx, TenantId tenant, PlanId plan, LevelId level, long subject, long fen) {
        tx.update(
                        "delete from fee_price where tenant = :tenant and plan_level = :level"
                                + " and subject = :subject")
                .bind("tenant", tenant.value())
                .bind("level", level.value())
                .bind("subject", subject)
                .execute();
        tx.update(
                        """
                        insert into fee_price (tenant, plan, plan_level, subject, fen)
                        values (:tenant, :plan, :level, :subject, :fen)
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .bind("level", level.value())
                .bind("subject", subject)
                .bind("fen", fen)
                .execute();
    }

    Map<FeePrices.Priced, Long> prices(Tx tx, TenantId tenant, PlanId plan) {
        Map<FeePrices.Priced, Long> found = new HashMap<>();
        tx.query(
                        "select plan_level, subject, fen from fee_price"
                                + " where tenant = :tenant and plan = :plan")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                Map.entry(
                                        new FeePrices.Priced(
                                                new LevelId(row.getLong("plan_level")),
                                                row.getLong("subject")),
                                        row.getLong("fen")))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static FeeRow row(ResultSet row) throws SQLException {
        long confirmed = row.getLong("confirmed_ms");
        FeeRequest request =
                new FeeRequest(
                        new TenantId(row.getLong("tenant")),
                        new FeeRequestId(row.getLong("id")),
                        row.getString("number"),
                        new PlanId(row.getLong("plan")),
                        new LevelId(row.getLong("plan_level")),
                        new OrganisationId(row.getLong("school")),
                        new OrganisationId(row.getLong("body")),
                        RegistrationMode.valueOf(row.getString("mode_name")),
                        row.getInt("people"),
                        row.getInt("quantity"),
                        row.getLong("amount_fen"),
                        row.getString("login"),
                        Instant.ofEpochMilli(row.getLong("at_ms")),
                        confirmed == 0
                                ? Optional.empty()
                                : Optional.of(
                                        new FeeRequest.Confirmation(
                                                Instant.ofEpochMilli(confirmed),
                                                row.getString("confirmed_by"))));
        return new FeeRow(
                request,
                row.getString("plan_title"),
                row.getString("school_title"),
                row.getString("body_title"),
                row.getString("certificate_name") + "（" + row.getString("level_name") + "）");
    }
}
