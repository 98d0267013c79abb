package io.invigil.hub.certificate;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.site.SiteId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An issuance record and, once both sides confirmed, the certificate itself.
 *
 * @param candidate the candidate's number of the tenant
 * @param total the result's total when the record was made
 * @param body confirmation by the certification body, {@code site} by the site's school
 * @param issue number and signed code, once issued
 * @param revocation why it is no longer valid
 */
public record Certificate(
        TenantId tenant,
        RegistrationId registration,
        PlanId plan,
        LevelId level,
        long candidate,
        SiteId examSite,
        BigDecimal total,
        Instant recordedAt,
        CertificateFace face,
        Optional<Confirmation> body,
        Optional<Confirmation> site,
        Optional<Issue> issue,
        Optional<Revocation> revocation) {

    /** Who confirmed and when. */
    public record Confirmation(String login, Instant at) {}

    /**
     * @param number as printed
     * @param code signed content of the QR, see {@code CertificateCode}
     */
    public record Issue(String number, String code, Instant at) {}

    public record Revocation(String login, String reason, Instant at) {}

    /** Derived, never stored. */
    public enum State {
        /** Waits for one or both sides. */
        RECORDED,
        ISSUED,
        REVOKED
    }

    public State state() {
        if (revocation.isPresent()) {
            return State.REVOKED;
        }
        return issue.isPresent() ? State.ISSUED : State.RECORDED;
    }

    Certificate withBody(Confirmation confirmation) {
        return with(Optional.of(confirmation), site, issue, revocation);
    }

    Certificate withSite(Confirmation confirmation) {
        return with(body, Optional.of(confirmation), issue, revocation);
    }

    Certificate withIssue(Issue issued) {
        return with(body, site, Optional.of(issued), revocation);
    }

    Certificate withRevocation(Revocation revoked) {
        return with(body, site, issue, Optional.of(revoked));
    }

    private Certificate with(
            Optional<Confirmation> newBody,
            Optional<Confirmation> newSite,
            Optional<Issue> newIssue,
            Optional<Revocation> newRevocation) {
        return new Certificate(
                tenant,
                registration,
                plan,
                level,
                candidate,
                examSite,
                total,
                recordedAt,
                face,
                newBody,
                newSite,
                newIssue,
                newRevocation);
    }

    /** Day of issue in the certificate's zone. */
    public Optional<LocalDate> issuedOn() {
        return issue.map(i -> i.at().atZone(face.zone()).toLocalDate());
    }
}
