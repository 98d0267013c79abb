package io.invigil.hub.declaration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL of declarations, their history and the opened years. Stateless. */
final class DeclarationStore {
    /** Rows of the certificates' list; numbers repeat with every plan. */
    private static final int CATALOGUE_ROWS_MAX = 20_000;

    private static final String SELECT =
            """
            select tenant, id, school, year_of, certificate, name, majors, candidates, statement,
                state, version
            from declaration
            """;

    List<DeclarationYear> years(Tx tx, TenantId tenant) {
        return tx.query(
                        """
                        select tenant, province, year_of, from_ms, to_ms from declaration_year
                        where tenant = :tenant order by year_of desc, province
                        """)
                .bind("tenant", tenant.value())
                .map(
                        (row, context) ->
                                new DeclarationYear(
                                        tenant,
                                        new OrganisationId(row.getLong("province")),
                                        row.getInt("year_of"),
                                        new Window(
                                                Instant.ofEpochMilli(row.getLong("from_ms")),
                                                Instant.ofEpochMilli(row.getLong("to_ms")))))
                .list();
    }

    /** Opens the year, or gives it other days. */
    void open(Tx tx, DeclarationYear opened) {
        int changed =
                bind(
                                tx.update(
                                        """
                                        update declaration_year set from_ms = :from, to_ms = :to
                                        where tenant = :tenant and province = :province
                                            and year_of = :year
                                        """),
                                opened)
                        .execute();
        if (changed == 0) {
            bind(
                            tx.update(
                                    """
                                    insert into declaration_year (tenant, province, year_of,
                                        from_ms, to_ms)
                                    values (:tenant, :province, :year, :from, :to)
                                    """),
                            opened)
                    .execute();
        }
    }

    private static <T extends SqlStatement<T>> T bind(T statement, DeclarationYear year) {
        return statement
                .bind("tenant", year.tenant().value())
                .bind("province", year.province().value())
                .bind("year", year.year())
                .bind("from", year.window().from())
                .bind("to", year.window().to());
    }

    /** Name of each certificate in any plan, as the newest plan has it, by number. */
    Map<String, String> catalogue(Tx tx, TenantId tenant) {
        Map<String, String> names = new LinkedHashMap<>();
        tx.query(
                        """
                        select certificate_number, certificate_name, max(plan) as newest
                        from plan_level where tenant = :tenant
                        group by certificate_number, certificate_name
                        order by certificate_number, newest fetch first :max rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("max", CATALOGUE_ROWS_MAX)
                .map(
                        (row, context) ->
                                Map.entry(
                                        row.getString("certificate_number"),
                                        row.getString("certificate_name")))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
        return names;
    }

    /** Numbers of the certificates in a body's plans. */
    Set<String> ofBody(Tx tx, TenantId tenant, OrganisationId body) {
        return new HashSet<>(
                tx.query(
                                """
                                select distinct l.certificate_number from plan_level l
                                join exam_plan p on p.tenant = l.tenant and p.id = l.plan
                                where l.tenant = :tenant and p.body = :body
                                """)
                        .bind("tenant", tenant.value())
                        .bind("body", body.value())
                        .mapTo(String.class)
                        .list());
    }

    /** Whether anyone of the school is registered for it in a plan that began in the span. */
    boolean isInUse(Tx tx, Declaration declaration, Window span) {
        return tx.query(
                                """
                                select count(*) from registration r
                                join candidate c on c.tenant = r.tenant and c.id = r.candidate
                                join plan_level l on l.tenant = r.tenant and l.id = r.plan_level
                                join exam_plan p on p.tenant = r.tenant and p.id = r.plan
                                where r.tenant = :tenant and c.school = :school
                                    and l.certificate_number = :certificate
                                    and p.registration_from_ms >= :from
                                    and p.registration_from_ms < :to
                                """)
                        .bind("tenant", declaration.tenant().value())
                        .bind("school", declaration.school().value())
                        .bind("certificate", declaration.content().certificate())
                        .bind("from", span.from())
                        .bind("to", span.to())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void add(Tx tx, Declaration added) {
        bind(
                        tx.update(
                                """
                                insert into declaration (tenant, id, school, year_of, certificate,
                                    name, majors, candidates, statement, state, version)
                                values (:tenant, :id, :school, :year, :certificate, :name,
                                    :majors, :candidates, :statement, :state, :version)
                                """),
                        added)
                .bind("school", added.school().value())
                .bind("year", added.year())
                .execute();
    }

    /** Writes a changed declaration over the version it was made from; false when that is gone. */
    boolean change(Tx tx, Declaration changed) {
        return bind(
                                tx.update(
                                        """
                                        update declaration set certificate = :certificate,
                                            name = :name, majors = :majors,
                                            candidates = :candidates, statement = :statement,
                                            state = :state, version = :version
                                        where tenant = :tenant and id = :id and version = :before
                                        """),
                                changed)
                        .bind("before", changed.version() - 1)
                        .execute()
                == 1;
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Declaration declaration) {
        Declaration.Content content = declaration.content();
        return statement
                .bind("tenant", declaration.tenant().value())
                .bind("id", declaration.id().value())
                .bind("certificate", content.certificate())
                .bind("name", content.name())
                .bind("majors", content.majors())
                .bind("candidates", content.candidates())
                .bind("statement", content.statement())
                .bind("state", declaration.state().name())
                .bind("version", declaration.version());
    }

    boolean remove(Tx tx, Declaration declaration) {
        return tx.update(
                                """
                                delete from declaration
                                where tenant = :tenant and id = :id and version = :version
                                """)
                        .bind("tenant", declaration.tenant().value())
                        .bind("id", declaration.id().value())
                        .bind("version", declaration.version())
                        .execute()
                == 1;
    }

    Optional<Declaration> find(Tx tx, TenantId tenant, DeclarationId id) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> declaration(row))
                .findOne();
    }

    /** All of one year, by school and certificate. */
    List<Declaration> ofYear(Tx tx, TenantId tenant, int year, int max) {
        return tx.query(
                        SELECT
                                + " where tenant = :tenant and year_of = :year"
                                + " order by school, certificate fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("year", year)
                .bind("max", max)
                .map((row, context) -> declaration(row))
                .list();
    }

    List<Declaration> ofSchool(Tx tx, TenantId tenant, OrganisationId school, int year) {
        return tx.query(
                        SELECT
                                + " where tenant = :tenant and school = :school"
                                + " and year_of = :year order by certificate")
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .bind("year", year)
                .map((row, context) -> declaration(row))
                .list();
    }

    private static Declaration declaration(ResultSet row) throws SQLException {
        return new Declaration(
                new TenantId(row.getLong("tenant")),
                new DeclarationId(row.getLong("id")),
                new OrganisationId(row.getLong("school")),
                row.getInt("year_of"),
                new Declaration.Content(
                        row.getString("certificate"),
                        row.getString("name"),
                        row.getString("majors"),
                        row.getInt("candidates"),
                        row.getString("statement")),
                Declaration.State.valueOf(row.getString("state")),
                row.getInt("version"));
    }

    void addEvent(Tx tx, Declaration declaration, int number, DeclarationEvent event) {
        tx.update(
                        """
                        insert into declaration_event (tenant, declaration, number, step, login,
                            at_ms, reason)
                        values (:tenant, :declaration, :number, :step, :login, :at, :reason)
                        """)
                .bind("tenant", declaration.tenant().value())
                .bind("declaration", declaration.id().value())
                .bind("number", number)
                .bind("step", event.step().name())
                .bind("login", event.login())
                .bind("at", event.at())
                .bind("reason", event.reason())
                .execute();
    }

    List<DeclarationEvent> events(Tx tx, Declaration declaration) {
        return tx.query(
                        """
                        select step, login, at_ms, reason from declaration_event
                        where tenant = :tenant and declaration = :declaration order by number
                        """)
                .bind("tenant", declaration.tenant().value())
                .bind("declaration", declaration.id().value())
                .map(
                        (row, context) ->
                                new DeclarationEvent(
                                        DeclarationEvent.Step.valueOf(row.getString("step")),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms")),
                                        row.getString("reason")))
                .list();
    }
}
