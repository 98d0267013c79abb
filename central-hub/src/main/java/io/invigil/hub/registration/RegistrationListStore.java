package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** SQL of the list of registered subjects. Stateless. */
final class RegistrationListStore {
    private static final String FROM =
            """
            from sitting s
            join registration r on r.tenant = s.tenant and r.id = s.registration
            join candidate c on c.tenant = s.tenant and c.id = s.candidate
            join organisation o on o.tenant = c.tenant and o.id = c.school
            join plan_level l on l.tenant = r.tenant and l.id = r.plan_level
            join subject u on u.tenant = s.tenant and u.id = s.subject
            left join seating t on t.tenant = s.tenant and t.sitting = s.id
            left join slot z on z.tenant = t.tenant and z.id = t.slot
            left join site p on p.tenant = t.tenant and p.id = t.site
            left join admission a on a.tenant = s.tenant and a.plan = s.plan
                and a.candidate = s.candidate
            left join fee_entry e on e.tenant = s.tenant and e.sitting = s.id
            left join fee_request q on q.tenant = e.tenant and q.id = e.request
            """;
    private static final String COLUMNS =
            """
            select s.id, s.candidate, c.name, c.number, c.id_number, c.candidate_type,
                o.name as school_name, p.name as site_name, a.number as admission,
                l.certificate_name, l.level_name, u.name as subject_name, u.mode_name,
                r.target_type, z.start_ms, z.end_ms, e.request, q.confirmed_ms
            """;

    List<RegistrationRow> rows(
            Tx tx, Plan plan, RegistrationFilter filter, Instant now, int offset, int limit) {
        Query query =
                tx.query(
                        COLUMNS
                                + FROM
                                + where(filter)
                                + " order by s.registration, s.id "
                                + tx.dialect().page());
        return bind(query, plan, filter, now)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** The rows after a sitting, by sitting. */
    List<RegistrationRow> after(
            Tx tx, Plan plan, RegistrationFilter filter, Instant now, long last, int limit) {
        Query query =
                tx.query(
                        COLUMNS
                                + FROM
                                + where(filter)
                                + " and s.id > :last order by s.id fetch first :limit rows only");
        return bind(query, plan, filter, now)
                .bind("last", last)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    long count(Tx tx, Plan plan, RegistrationFilter filter, Instant now) {
        Query query = tx.query("select count(*) " + FROM + where(filter));
        return bind(query, plan, filter, now).mapTo(Long.class).one();
    }

    private static String where(RegistrationFilter filter) {
        List<String> parts = new ArrayList<>(List.of("s.tenant = :tenant", "s.plan = :plan"));
        filter.school().ifPresent(one -> parts.add("c.school = :school"));
        filter.level().ifPresent(one -> parts.add("r.plan_level = :level"));
        filter.subject().ifPresent(one -> parts.add("s.subject = :subject"));
        if (!filter.text().isBlank()) {
            parts.add(
                    """
                    (c.name like :part escape '!' or c.number like :part escape '!'
                        or a.number like :part escape '!' or c.id_number = :exact)
                    """);
        }
        filter.state()
                .ifPresent(
                        state ->
                                parts.add(
                                        switch (state) {
                                            case NOT_ARRANGED -> "t.sitting is null";
                                            case WAITING -> "z.start_ms > :now";
                                            case IN_PROGRESS ->
                                                    "z.start_ms <= :now and z.end_ms > :now";
                                            case FINISHED -> "z.end_ms <= :now";
                                        }));
        filter.payment()
                .ifPresent(
                        payment ->
                                parts.add(
                                        switch (payment) {
                                            case UNPAID -> "e.sitting is null";
                                            case REQUESTED -> "q.confirmed_ms = 0";
                                            case PAID -> "q.confirmed_ms > 0";
                                        }));
        if (!filter.only().isEmpty()) {
            parts.add("s.id in (<only>)");
        }
        return " where " + String.join(" and ", parts);
    }

    private static Query bind(Query query, Plan plan, RegistrationFilter filter, Instant now) {
        query.bind("tenant", plan.tenant().value()).bind("plan", plan.id().value());
        filter.school().ifPresent(one -> query.bind("school", one.value()));
        filter.level().ifPresent(one -> query.bind("level", one.value()));
        filter.subject().ifPresent(one -> query.bind("subject", one.value()));
        filter.state()
                .filter(state -> state != RegistrationState.NOT_ARRANGED)
                .ifPresent(state -> query.bind("now", now));
        if (!filter.only().isEmpty()) {
            query.bindList("only", filter.only().stream().map(SittingId::value).toList());
        }
        if (!filter.text().isBlank()) {
            String text = filter.text().strip();
            String literal = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
            query.bind("part", "%" + literal + "%").bind("exact", text.toUpperCase(Locale.ROOT));
        }
        return query;
    }

    private static RegistrationRow row(ResultSet row) throws SQLException {
        return new RegistrationRow(
                new SittingId(row.getLong("id")),
                new CandidateId(row.getLong("candidate")),
                row.getString("name"),
                row.getString("number"),
                row.getString("id_number"),
                row.getString("candidate_type"),
                row.getString("school_name"),
                Optional.ofNullable(row.getString("site_name")).orElse(""),
                Optional.ofNullable(row.getString("admission")).orElse(""),
                row.getString("certificate_name") + "（" + row.getString("level_name") + "）",
                row.getString("subject_name"),
                ExamMode.valueOf(row.getString("mode_name")),
                row.getString("target_type"),
                slot(row),
                payment(row));
    }

    private static Optional<Window> slot(ResultSet row) throws SQLException {
        long start = row.getLong("start_ms");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Window(
                        Instant.ofEpochMilli(start), Instant.ofEpochMilli(row.getLong("end_ms"))));
    }

    private static Payments.Payment payment(ResultSet row) throws SQLException {
        row.getLong("request");
        if (row.wasNull()) {
            return Payments.Payment.UNPAID;
        }
        return row.getLong("confirmed_ms") > 0 ? Payments.Payment.PAID : Payments.Payment.REQUESTED;
    }
}
