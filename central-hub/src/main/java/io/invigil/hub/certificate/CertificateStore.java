package io.invigil.hub.certificate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Gender;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.site.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** SQL of certificates. Zero stands for "not yet" in time columns. Stateless. */
final class CertificateStore {
    private static final String SELECT =
            """
            select c.*, f.holder, f.id_number, f.gender, f.photo, f.certificate_name,
                f.level_name, f.issuer, f.site_name, f.exam_day, f.zone
            from certificate c join certificate_face f
                on f.tenant = c.tenant and f.registration = c.registration
            """;

    void add(Tx tx, Certificate certificate) {
        tx.update(
                        """
                        insert into certificate (tenant, registration, plan, plan_level, candidate,
                            site, total, recorded_ms, body_login, body_ms, site_login, site_ms,
                            number, code, issued_ms, revoked_login, revoked_reason, revoked_ms)
                        values (:tenant, :registration, :plan, :level, :candidate, :site, :total,
                            :recorded, '', 0, '', 0, '', '', 0, '', '', 0)
                        """)
                .bind("tenant", certificate.tenant().value())
                .bind("registration", certificate.registration().value())
                .bind("plan", certificate.plan().value())
                .bind("level", certificate.level().value())
                .bind("candidate", certificate.candidate())
                .bind("site", certificate.examSite().value())
                .bind("total", certificate.total())
                .bind("recorded", certificate.recordedAt().toEpochMilli())
                .execute();
        CertificateFace face = certificate.face();
        tx.update(
                        """
                        insert into certificate_face (tenant, registration, holder, id_number,
                            gender, photo, certificate_name, level_name, issuer, site_name,
                            exam_day, zone)
                        values (:tenant, :registration, :holder, :idNumber, :gender, :photo,
                            :certificate, :level, :issuer, :site, :day, :zone)
                        """)
                .bind("tenant", certificate.tenant().value())
                .bind("registration", certificate.registration().value())
                .bind("holder", face.holder())
                .bind("idNumber", face.idNumber())
                .bind("gender", face.gender().name())
                .bind("photo", face.photo())
                .bind("certificate", face.certificate())
                .bind("level", face.level())
                .bind("issuer", face.issuer())
                .bind("site", face.site())
                .bind("day", face.examDay().toEpochDay())
                .bind("zone", face.zone().getId())
                .execute();
    }

    /** Writes what may come later: confirmations, issue, revocation. */
    void change(Tx tx, Certificate certificate) {
        tx.update(
                        """
                        update certificate set body_login = :bodyLogin, body_ms = :bodyAt,
                            site_login = :siteLogin, site_ms = :siteAt, number = :number,
                            code = :code, issued_ms = :issuedAt, revoked_login = :revokedLogin,
                            revoked_reason = :revokedReason, revoked_ms = :revokedAt
                        where tenant = :tenant and registration = :registration
                        """)
                .bind("tenant", certificate.tenant().value())
                .bind("registration", certificate.registration().value())
                .bind("bodyLogin", login(certificate.body()))
                .bind("bodyAt", at(certificate.body()))
                .bind("siteLogin", login(certificate.site()))
                .bind("siteAt", at(certificate.site()))
                .bind("number", certificate.issue().map(Certificate.Issue::number).orElse(""))
                .bind("code", certificate.issue().map(Certificate.Issue::code).orElse(""))
                .bind("issuedAt", certificate.issue().map(i -> i.at().toEpochMilli()).orElse(0L))
                .bind(
                        "revokedLogin",
                        certificate.revocation().map(Certificate.Revocation::login).orElse(""))
                .bind(
                        "revokedReason",
                        certificate.revocation().map(Certificate.Revocation::reason).orElse(""))
                .bind(
                        "revokedAt",
                        certificate.revocation().map(r -> r.at().toEpochMilli()).orElse(0L))
                .execute();
    }

    private static String login(Optional<Certificate.Confirmation> confirmation) {
        return confirmation.map(Certificate.Confirmation::login).orElse("");
    }

    private static long at(Optional<Certificate.Confirmation> confirmation) {
        return confirmation.map(c -> c.at().toEpochMilli()).orElse(0L);
    }

    Optional<Certificate> find(Tx tx, TenantId tenant, RegistrationId registration) {
        return tx.query(SELECT + " where c.tenant = :tenant and c.registration = :registration")
                .bind("tenant", tenant.value())
                .bind("registration", registration.value())
                .map((row, context) -> certificate(row))
                .findOne();
    }

    Optional<Certificate> findByNumber(Tx tx, TenantId tenant, String number) {
        return tx.query(SELECT + " where c.tenant = :tenant and c.number = :number")
                .bind("tenant", tenant.value())
                .bind("number", number)
                .map((row, context) -> certificate(row))
                .findOne();
    }

    List<Certificate> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(
                        SELECT
                                + """
                                where c.tenant = :tenant and c.plan = :plan
                                order by c.registration
                                """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> certificate(row))
                .list();
    }

    private static Certificate certificate(ResultSet row) throws SQLException {
        return new Certificate(
                new TenantId(row.getLong("tenant")),
                new RegistrationId(row.getLong("registration")),
                new PlanId(row.getLong("plan")),
                new LevelId(row.getLong("plan_level")),
                row.getLong("candidate"),
                new SiteId(row.getLong("site")),
                row.getBigDecimal("total"),
                Instant.ofEpochMilli(row.getLong("recorded_ms")),
                face(row),
                confirmation(row, "body"),
                confirmation(row, "site"),
                issue(row),
                revocation(row));
    }

    private static Optional<Certificate.Issue> issue(ResultSet row) throws SQLException {
        String number = row.getString("number");
        String code = row.getString("code");
        return time(row, "issued_ms").map(at -> new Certificate.Issue(number, code, at));
    }

    private static Optional<Certificate.Revocation> revocation(ResultSet row) throws SQLException {
        String login = row.getString("revoked_login");
        String reason = row.getString("revoked_reason");
        return time(row, "revoked_ms").map(at -> new Certificate.Revocation(login, reason, at));
    }

    private static CertificateFace face(ResultSet row) throws SQLException {
        return new CertificateFace(
                row.getString("holder"),
                row.getString("id_number"),
                Gender.valueOf(row.getString("gender")),
                row.getString("photo"),
                row.getString("certificate_name"),
                row.getString("level_name"),
                row.getString("issuer"),
                row.getString("site_name"),
                LocalDate.ofEpochDay(row.getLong("exam_day")),
                ZoneId.of(row.getString("zone")));
    }

    private static Optional<Certificate.Confirmation> confirmation(ResultSet row, String side)
            throws SQLException {
        String login = row.getString(side + "_login");
        return time(row, side + "_ms").map(at -> new Certificate.Confirmation(login, at));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
