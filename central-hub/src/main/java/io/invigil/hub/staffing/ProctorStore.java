package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of proctors and their qualifications. Stateless. */
final class ProctorStore {
    private static final String SELECT =
            "select tenant, id, school, number, name, mobile from proctor";

    void add(Tx tx, Proctor added) {
        tx.update(
                        """
                        insert into proctor (tenant, id, school, number, name, mobile)
                        values (:tenant, :id, :school, :number, :name, :mobile)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id().value())
                .bind("school", added.school().value())
                .bind("number", added.number())
                .bind("name", added.name())
                .bind("mobile", added.mobile())
                .execute();
    }

    void lock(Tx tx, TenantId tenant, ProctorId id) {
        tx.lockRows("proctor", Map.of("tenant", tenant.value(), "id", id.value()));
    }

    void change(Tx tx, Proctor changed) {
        tx.update(
                        """
                        update proctor set name = :name, mobile = :mobile
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", changed.tenant().value())
                .bind("id", changed.id().value())
                .bind("name", changed.name())
                .bind("mobile", changed.mobile())
                .execute();
    }

    void remove(Tx tx, Proctor proctor) {
        tx.update("delete from proctor where tenant = :tenant and id = :id")
                .bind("tenant", proctor.tenant().value())
                .bind("id", proctor.id().value())
                .execute();
    }

    Optional<Proctor> find(Tx tx, TenantId tenant, ProctorId id) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> proctor(row))
                .findOne();
    }

    Optional<Proctor> findByMobile(Tx tx, TenantId tenant, String mobile) {
        return tx.query(SELECT + " where tenant = :tenant and mobile = :mobile")
                .bind("tenant", tenant.value())
                .bind("mobile", mobile)
                .map((row, context) -> proctor(row))
                .findOne();
    }

    /** By school, name and number. */
    List<Proctor> all(Tx tx, TenantId tenant, Optional<OrganisationId> school, int max) {
        String only = school.isPresent() ? " and school = :school" : "";
        var query =
                tx.query(
                        SELECT
                                + " where tenant = :tenant"
                                + only
                                + " order by school, name, number fetch first :max rows only");
        school.ifPresent(id -> query.bind("school", id.value()));
        return query.bind("tenant", tenant.value())
                .bind("max", max)
                .map((row, context) -> proctor(row))
                .list();
    }

    void addQualification(Tx tx, TenantId tenant, Qualification added) {
        tx.update(
                        """
                        insert into proctor_qualification (tenant, proctor, certificate,
                            certificate_level, certificate_name, issuer, body, certified_by,
                            certified_ms)
                        values (:tenant, :proctor, :certificate, :level, :name, :issuer, :body, '',
                            0)
                        """)
                .bind("tenant", tenant.value())
                .bind("proctor", added.proctor().value())
                .bind("certificate", added.certificate())
                .bind("level", added.level())
                .bind("name", added.name())
                .bind("issuer", added.issuer())
                .bind("body", added.body().value())
                .execute();
    }

    void certify(Tx tx, TenantId tenant, Qualification one, String login, Instant at) {
        tx.update(
                        """
                        update proctor_qualification
                        set certified_by = :login, certified_ms = :at
                        where tenant = :tenant and proctor = :proctor
                            and certificate = :certificate and certificate_level = :level
                        """)
                .bind("login", login)
                .bind("at", at)
                .bind("tenant", tenant.value())
                .bind("proctor", one.proctor().value())
                .bind("certificate", one.certificate())
                .bind("level", one.level())
                .execute();
    }

    void removeQualification(Tx tx, TenantId tenant, Qualification one) {
        tx.update(
                        """
                        delete from proctor_qualification
                        where tenant = :tenant and proctor = :proctor
                            and certificate = :certificate and certificate_level = :level
                        """)
                .bind("tenant", tenant.value())
                .bind("proctor", one.proctor().value())
                .bind("certificate", one.certificate())
                .bind("level", one.level())
                .execute();
    }

    /** Of all proctors of the tenant, by proctor, certificate and level. */
    List<Qualification> qualifications(Tx tx, TenantId tenant) {
        return tx.query(
                        """
                        select proctor, certificate, certificate_level, certificate_name, issuer,
                            body, certified_ms
                        from proctor_qualification where tenant = :tenant
                        order by proctor, certificate, certificate_level
                        """)
                .bind("tenant", tenant.value())
                .map((row, context) -> qualification(row))
                .list();
    }

    List<Qualification> qualifications(Tx tx, TenantId tenant, ProctorId proctor) {
        return tx.query(
                        """
                        select proctor, certificate, certificate_level, certificate_name, issuer,
                            body, certified_ms
                        from proctor_qualification
                        where tenant = :tenant and proctor = :proctor
                        order by certificate, certificate_level
                        """)
                .bind("tenant", tenant.value())
                .bind("proctor", proctor.value())
                .map((row, context) -> qualification(row))
                .list();
    }

    private static Qualification qualification(ResultSet row) throws SQLException {
        return new Qualification(
                new ProctorId(row.getLong("proctor")),
                row.getString("certificate"),
                row.getString("certificate_level"),
                row.getString("certificate_name"),
                row.getString("issuer"),
                new OrganisationId(row.getLong("body")),
                row.getLong("certified_ms") > 0);
    }

    private static Proctor proctor(ResultSet row) throws SQLException {
        return new Proctor(
                new TenantId(row.getLong("tenant")),
                new ProctorId(row.getLong("id")),
                new OrganisationId(row.getLong("school")),
                row.getString("number"),
                row.getString("name"),
                row.getString("mobile"));
    }
}
