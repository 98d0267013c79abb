package io.invigil.hub.certificate;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.print.PdfFonts;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.score.CertificateResult;
import io.invigil.hub.score.Results;
import io.invigil.hub.score.ScoreStage;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.Sites;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recording, confirming, issuing, printing, verifying and revoking certificates. Thread-safe. */
public final class Certificates {
    /** Records confirmed in one go. */
    public static final int BULK_MAX = 2_000;

    public static final int REASON_CHARS_MAX = 1_000;
    private static final int NUMBER_CHARS_MAX = 40;

    private final Clock clock;
    private final CertificateKeys keys;
    private final String verifyAddress;
    private final PdfFonts fonts;
    private final Plans plans;
    private final Results results = new Results();
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final Photos photos = new Photos();
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();
    private final Sites sites = new Sites();
    private final CertificateBans bans = new CertificateBans();
    private final Numbers numbers = new Numbers();
    private final CertificateStore store = new CertificateStore();
    private final Audit audit = new Audit();

    /**
     * @param verifyAddress address of the public verification page, such as {@code
     *     https://exam.example/verify}; stands before the code in the QR
     */
    public Certificates(
            Clock clock, CertificateKeys keys, String verifyAddress, PdfFonts fonts, Plans plans) {
        this.clock = clock;
        this.keys = keys;
        this.verifyAddress = verifyAddress;
        this.fonts = fonts;
        this.plans = plans;
    }

    /** Makes the issuance records of all passes of a plan whose scores are locked. Repeatable. */
    public CertificateDecision record(Tx tx, StaffScope scope, Plan plan) {
        boolean own = scope.tenant().equals(plan.tenant()) && scope.mayRunPlansOf(plan.body());
        // a class's test leads to no certificate (domain, section 9)
        if (!own || plan.isOfSession()) {
            return refused(CertificateDecision.Code.CERTIFICATE_NOT_ALLOWED);
        }
        if (ScoreStage.of(plan, clock.instant()) != ScoreStage.FINAL) {
            return refused(CertificateDecision.Code.CERTIFICATE_NOT_FINAL);
        }
        plans.lock(tx, plan.tenant(), plan.id());
        Set<RegistrationId> known = new HashSet<>();
        store.ofPlan(tx, plan.tenant(), plan.id()).forEach(c -> known.add(c.registration()));
        List<CertificateResult> open =
                results.ofPlan(tx, plan).stream()
                        .filter(one -> one.state() == CertificateResult.State.PASSED)
                        .filter(one -> !known.contains(one.registration()))
                        .toList();
        Set<Long> banned = bans.banned(tx, plan, open);
        int made = 0;
        for (CertificateResult result : open) {
            if (!banned.contains(result.candidate())) {
                Certificate recorded = newRecord(tx, plan, result);
                store.add(tx, recorded);
                audit.created(tx, scope.actor(), "certificate", recorded.registration(), recorded);
                made++;
            }
        }
        return made == 0 && !banned.isEmpty()
                ? bans.refusal(tx, plan, banned)
                : new CertificateDecision.Done(made, 0);
    }

    private Certificate newRecord(Tx tx, Plan plan, CertificateResult result) {
        Candidate candidate =
                candidates
                        .find(tx, plan.tenant(), new CandidateId(result.candidate()))
                        .orElseThrow();
        CertificateLevel level = content.level(tx, plan.tenant(), result.level()).orElseThrow();
        Site site =
                sittings.ofRegistration(tx, plan.tenant(), result.registration()).stream()
                        .map(Sitting::seating)
                        .flatMap(Optional::stream)
                        .map(Seating::site)
                        .findFirst()
                        .flatMap(id -> sites.find(tx, plan.tenant(), id))
                        .orElseThrow(() -> new PassWithoutSeat(result.registration()));
        CertificateFace face =
                new CertificateFace(
                        candidate.name(),
                        candidate.idNumber(),
                        candidate.gender(),
                        candidate.photo(),
                        level.name(),
                        level.level(),
                        level.issuer(),
                        site.name(),
                        plan.windows().exam().firstDay(plan.zone()),
                        plan.zone());
        return new Certificate(
                plan.tenant(),
                result.registration(),
                plan.id(),
                level.id(),
                candidate.id().value(),
                site.id(),
                result.total(),
                clock.instant(),
                face,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Confirms records for the side the member of staff belongs to: the plan's body, or the school
     * that runs the site. What both have confirmed is issued at once. All or none.
     */
    public CertificateDecision confirm(
            Tx tx, StaffScope scope, Plan plan, Collection<RegistrationId> wanted) {
        if (wanted.size() > BULK_MAX) {
            return refused(CertificateDecision.Code.CERTIFICATE_TOO_MANY);
        }
        plans.lock(tx, plan.tenant(), plan.id());
        List<Certificate> confirmed = new ArrayList<>();
        for (RegistrationId registration : new LinkedHashSet<>(wanted)) {
            Optional<Certificate> found =
                    store.find(tx, scope.tenant(), registration)
                            .filter(c -> c.plan().equals(plan.id()));
            if (found.isEmpty()) {
                return refused(CertificateDecision.Code.CERTIFICATE_UNKNOWN);
            }
            Certificate before = found.get();
            boolean body = scope.mayRunPlansOf(plan.body());
            if (!body && !runsSite(tx, scope, before)) {
                return refused(CertificateDecision.Code.CERTIFICATE_NOT_ALLOWED);
            }
            if (before.state() != Certificate.State.RECORDED) {
                continue;
            }
            Optional<CertificateDecision> obstacle = obstacle(tx, plan, before);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Optional<Certificate.Confirmation> mine = body ? before.body() : before.site();
            Optional<Certificate.Confirmation> theirs = body ? before.site() : before.body();
            if (theirs.filter(c -> c.login().equals(scope.login())).isPresent()) {
                return refused(CertificateDecision.Code.CERTIFICATE_SAME_PERSON);
            }
            if (mine.isEmpty()) {
                var confirmation = new Certificate.Confirmation(scope.login(), clock.instant());
                confirmed.add(body ? before.withBody(confirmation) : before.withSite(confirmation));
            }
        }
        int issued = 0;
        for (Certificate certificate : confirmed) {
            boolean both = certificate.body().isPresent() && certificate.site().isPresent();
            Certificate after = both ? issued(tx, plan, certificate) : certificate;
            Certificate before =
                    store.find(tx, plan.tenant(), certificate.registration()).orElseThrow();
            store.change(tx, after);
            audit.changed(tx, scope.actor(), "certificate", after.registration(), before, after);
            issued += both ? 1 : 0;
        }
        return new CertificateDecision.Done(confirmed.size(), issued);
    }

    private boolean runsSite(Tx tx, StaffScope scope, Certificate certificate) {
        return scope.role() == StaffRole.SCHOOL_CLERK
                && sites.find(tx, scope.tenant(), certificate.examSite())
                        .filter(site -> site.school().equals(scope.organisation().id()))
                        .isPresent();
    }

    /** Why this record can never become a certificate as it stands. */
    private Optional<CertificateDecision> obstacle(Tx tx, Plan plan, Certificate record) {
        boolean passes =
                results.find(tx, plan, record.registration())
                        .filter(r -> r.state() == CertificateResult.State.PASSED)
                        .isPresent();
        if (!passes) {
            return Optional.of(refused(CertificateDecision.Code.CERTIFICATE_NOT_PASSED));
        }
        if (bans.isBanned(tx, plan, record.candidate())) {
            return Optional.of(bans.refusal(tx, plan, Set.of(record.candidate())));
        }
        Set<String> missing = fonts.missing(record.face().allText());
        if (!missing.isEmpty()) {
            return Optional.of(
                    CertificateDecision.Refused.of(
                            CertificateDecision.Code.CERTIFICATE_GLYPH_MISSING,
                            record.face().holder(),
                            String.join(" ", missing)));
        }
        CertificateFace face = record.face();
        for (String field :
                List.of(face.holder(), face.certificate(), face.level(), face.issuer())) {
            int bytes = field.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > CertificateFacts.FIELD_BYTES_MAX) {
                return Optional.of(
                        CertificateDecision.Refused.of(
                                CertificateDecision.Code.CERTIFICATE_TEXT_TOO_LONG, field));
            }
        }
        return Optional.empty();
    }

    private Certificate issued(Tx tx, Plan plan, Certificate certificate) {
        CertificateLevel level =
                content.level(tx, plan.tenant(), certificate.level()).orElseThrow();
        String bodyCode = organisations.find(tx, plan.tenant(), plan.body()).orElseThrow().code();
        long serial = numbers.take(tx, plan.tenant(), NumberSeries.CERTIFICATE, 1);
        String number =
                CertificateNumber.of(
                        bodyCode,
                        clock.instant().atZone(plan.zone()).getYear(),
                        level.number(),
                        level.level(),
                        serial);
        CertificateFace face = certificate.face();
        CertificateFacts facts =
                new CertificateFacts(
                        number,
                        face.holder(),
                        IdNumber.masked(face.idNumber()),
                        face.certificate(),
                        face.level(),
                        face.issuer(),
                        clock.instant().atZone(face.zone()).toLocalDate());
        String code = CertificateCode.sign(facts, keys.signing());
        return certificate.withIssue(new Certificate.Issue(number, code, clock.instant()));
    }

    /** Withdraws a certificate; the reason is shown to everyone who verifies it. */
    public CertificateDecision revoke(
            Tx tx, StaffScope scope, Plan plan, RegistrationId registration, String reason) {
        if (!scope.tenant().equals(plan.tenant()) || !scope.mayRunPlansOf(plan.body())) {
            return refused(CertificateDecision.Code.CERTIFICATE_NOT_ALLOWED);
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return refused(CertificateDecision.Code.CERTIFICATE_REASON_MISSING);
        }
        Optional<Certificate> found =
                store.find(tx, plan.tenant(), registration).filter(c -> c.plan().equals(plan.id()));
        if (found.isEmpty()) {
            return refused(CertificateDecision.Code.CERTIFICATE_UNKNOWN);
        }
        if (found.get().state() == Certificate.State.RECORDED) {
            return refused(CertificateDecision.Code.CERTIFICATE_NOT_ISSUED);
        }
        if (found.get().state() == Certificate.State.REVOKED) {
            return refused(CertificateDecision.Code.CERTIFICATE_REVOKED);
        }
        Certificate.Revocation revocation =
                new Certificate.Revocation(scope.login(), reason.strip(), clock.instant());
        Certificate revoked = found.get().withRevocation(revocation);
        store.change(tx, revoked);
        audit.changed(tx, scope.actor(), "certificate", registration, found.get(), revoked);
        return new CertificateDecision.Done(1, 0);
    }

    /**
     * The PDF of an issued certificate; the same bytes each time. Drawn outside any transaction.
     *
     * @return empty when it is not issued, or revoked
     */
    public Optional<byte[]> pdf(Database database, Certificate certificate) {
        if (certificate.state() != Certificate.State.ISSUED) {
            return Optional.empty();
        }
        String photo = certificate.face().photo();
        Optional<byte[]> picture =
                photo.isEmpty()
                        ? Optional.empty()
                        : database.inTransaction(
                                tx -> photos.find(tx, certificate.tenant(), photo));
        String qr = qrContent(certificate);
        return Optional.of(new CertificatePdf(fonts).draw(certificate, picture, qr));
    }

    /** The content of the QR: address and signed code. */
    public String qrContent(Certificate certificate) {
        return verifyAddress + "#" + certificate.issue().map(Certificate.Issue::code).orElseThrow();
    }

    /** Looks a certificate up by the number that is printed on it. */
    public Verification verifyNumber(Tx tx, TenantId tenant, String typed) {
        String number = typed.strip().toUpperCase(java.util.Locale.ROOT);
        if (number.isEmpty() || number.length() > NUMBER_CHARS_MAX) {
            return new Verification.Unknown();
        }
        return store.findByNumber(tx, tenant, number)
                .map(this::standing)
                .orElseGet(Verification.Unknown::new);
    }

    /** Checks a scanned code: its signature first, then what the centre knows beside it. */
    public Verification verifyCode(Tx tx, TenantId tenant, String scanned) {
        return switch (CertificateCode.verify(scanned, keys.verifying())) {
            case CertificateCode.Outcome.Refused refused ->
                    new Verification.NotGenuine(refused.reason());
            case CertificateCode.Outcome.Genuine genuine ->
                    store.findByNumber(tx, tenant, genuine.facts().number())
                            .map(this::standing)
                            .orElseGet(() -> new Verification.SignedOnly(genuine.facts()));
        };
    }

    private Verification standing(Certificate certificate) {
        CertificateFacts facts =
                switch (CertificateCode.verify(
                        certificate.issue().orElseThrow().code(), keys.verifying())) {
                    case CertificateCode.Outcome.Genuine genuine -> genuine.facts();
                    case CertificateCode.Outcome.Refused refused ->
                            throw new StoredCodeNotGenuine(refused.reason().name());
                };
        return certificate
                .revocation()
                .<Verification>map(r -> new Verification.Revoked(facts, r.reason(), r.at()))
                .orElseGet(() -> new Verification.Valid(facts));
    }

    public Optional<Certificate> find(Tx tx, TenantId tenant, RegistrationId registration) {
        return store.find(tx, tenant, registration);
    }

    public List<Certificate> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.ofPlan(tx, tenant, plan);
    }

    private static CertificateDecision refused(CertificateDecision.Code code) {
        return CertificateDecision.Refused.of(code);
    }

    /** A stored code does not verify: the row was changed, or a former key was not kept. */
    static final class StoredCodeNotGenuine extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StoredCodeNotGenuine(String reason) {
            super("a stored certificate's code does not verify: " + reason);
        }
    }

    /** A registration passed without ever having had a seat. */
    static final class PassWithoutSeat extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        PassWithoutSeat(RegistrationId registration) {
            super("registration " + registration + " passed but has no seat");
        }
    }
}
