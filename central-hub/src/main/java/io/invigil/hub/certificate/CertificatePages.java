package io.invigil.hub.certificate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.score.CertificateResult;
import io.invigil.hub.score.Results;
import io.invigil.hub.score.ScoreStage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificate results of a plan, recording, confirming, printing, revoking. Thread-safe. */
public final class CertificatePages implements HttpService {
    private final PlanDesk desk;
    private final Database database;
    private final Clock clock;
    private final Certificates certificates;
    private final Results results = new Results();
    private final Candidates candidates = new Candidates();
    private final Audit audit = new Audit();

    public CertificatePages(
            PlanDesk desk, Database database, Clock clock, Certificates certificates) {
        this.desk = desk;
        this.database = database;
        this.clock = clock;
        this.certificates = certificates;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/plans/{plan}/certificates", desk.page(this::list))
                .post("/plans/{plan}/certificates/export", desk.page(this::export))
                .post("/plans/{plan}/certificates/record", desk.page(this::record, body))
                .post("/plans/{plan}/certificates/confirm", desk.page(this::confirm, body, clerk))
                .get("/plans/{plan}/certificates/{registration}/pdf", desk.page(this::pdf))
                .post(
                        "/plans/{plan}/certificates/{registration}/revoke",
                        desk.page(this::revoke, body));
    }

    /** One registration with its result and, if recorded, its certificate. */
    public record Row(
            CertificateResult result, Candidate candidate, Optional<Certificate> certificate) {

        /** The registration's number, which a list's ticks send. */
        public long id() {
            return result.registration().value();
        }

        /** The state of the certificate's record, or that of the result before. */
        public String stateKey() {
            return certificate
                    .map(c -> "certificate.state." + c.state())
                    .orElse("certificate.result." + result.state());
        }

        public String style() {
            if (certificate.isPresent()) {
                return switch (certificate.get().state()) {
                    case RECORDED -> "tag-info";
                    case ISSUED -> "tag-good";
                    case REVOKED -> "tag-bad";
                };
            }
            return result.state() == CertificateResult.State.PASSED ? "tag-good" : "";
        }
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        ScoreStage stage = ScoreStage.of(plan, clock.instant());
        List<Row> rows = desk.desk().inTransaction(tx -> visible(tx, scope, plan));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("stage", stage);
        view.put("rows", rows);
        view.put(
                "list",
                new ListView(
                        ListQuery.of(visit),
                        PlanDesk.path(plan) + "/certificates",
                        rows.size(),
                        rows.size(),
                        true));
        view.put("body", scope.mayRunPlansOf(plan.body()));
        view.put("clerk", scope.role() == StaffRole.SCHOOL_CLERK);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("certificate.title"))
                        .style("hub/paper.css")
                        .module("hub/listing.js")
                        .width(Page.Width.FULL),
                desk.desk().content("certificate/list.jte", view));
    }

    /** A school sees results when its candidates do (domain, section 14). */
    private List<Row> visible(Tx tx, StaffScope scope, Plan plan) {
        boolean visible =
                scope.onlySchool().isEmpty()
                        || ScoreStage.of(plan, clock.instant()).isVisibleToCandidates();
        return visible ? rows(tx, scope, plan) : List.of();
    }

    /** 批量导出证书考核详情; who takes results away is recorded (domain, section 17). */
    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit);
        return desk.desk()
                .inTransaction(
                        tx -> {
                            List<Row> rows =
                                    visible(tx, scope, plan).stream()
                                            .filter(row -> query.keeps(row.id()))
                                            .toList();
                            audit.exported(
                                    tx,
                                    scope.actor(),
                                    "score",
                                    "plan " + plan.id(),
                                    Map.of("rows", rows.size()));
                            return new ResultSheet().of(tx, plan).reply(rows);
                        });
    }

    private List<Row> rows(Tx tx, StaffScope scope, Plan plan) {
        Map<RegistrationId, Certificate> known = new HashMap<>();
        certificates
                .ofPlan(tx, plan.tenant(), plan.id())
                .forEach(c -> known.put(c.registration(), c));
        List<CertificateResult> all = results.ofPlan(tx, plan);
        List<CandidateId> ids =
                all.stream().map(r -> new CandidateId(r.candidate())).distinct().toList();
        Map<CandidateId, Candidate> people = candidates.findAll(tx, plan.tenant(), ids);
        List<Row> rows = new ArrayList<>();
        for (CertificateResult result : all) {
            Candidate candidate = people.get(new CandidateId(result.candidate()));
            if (scope.sees(candidate.school())) {
                rows.add(
                        new Row(
                                result,
                                candidate,
                                Optional.ofNullable(known.get(result.registration()))));
            }
        }
        return rows;
    }

    private Reply record(Visit visit, StaffScope scope, Plan plan) {
        return done(
                visit,
                plan,
                desk.desk().inTransaction(tx -> certificates.record(tx, scope, plan)),
                "certificate.recorded");
    }

    private Reply confirm(Visit visit, StaffScope scope, Plan plan) {
        List<RegistrationId> ticked =
                visit.form().numbers("registration").stream()
                        .filter(n -> n > 0)
                        .map(RegistrationId::new)
                        .toList();
        return done(
                visit,
                plan,
                desk.desk().inTransaction(tx -> certificates.confirm(tx, scope, plan, ticked)),
                "certificate.confirmed");
    }

    private Reply revoke(Visit visit, StaffScope scope, Plan plan) {
        Optional<RegistrationId> registration = registration(visit);
        if (registration.isEmpty()) {
            return Reply.notFound();
        }
        String reason = visit.form().text("reason");
        return done(
                visit,
                plan,
                desk.desk()
                        .inTransaction(
                                tx ->
                                        certificates.revoke(
                                                tx, scope, plan, registration.get(), reason)),
                "certificate.revoked");
    }

    private static Optional<RegistrationId> registration(Visit visit) {
        long number = visit.pathNumber("registration");
        return number > 0 ? Optional.of(new RegistrationId(number)) : Optional.empty();
    }

    private static Reply done(
            Visit visit, Plan plan, CertificateDecision decision, String textKey) {
        switch (decision) {
            case CertificateDecision.Done done ->
                    visit.flash(
                            Flash.Kind.SUCCESS, visit.text(textKey, done.changed(), done.issued()));
            case CertificateDecision.Refused refused ->
                    visit.flash(
                            Flash.Kind.WARNING,
                            visit.text(
                                    "certificate.refusal." + refused.code(),
                                    refused.detail().toArray()));
        }
        return Reply.seeOther(PlanDesk.path(plan) + "/certificates");
    }

    private Reply pdf(Visit visit, StaffScope scope, Plan plan) {
        Optional<Certificate> certificate =
                registration(visit)
                        .flatMap(
                                id ->
                                        desk.desk()
                                                .inTransaction(
                                                        tx ->
                                                                rows(tx, scope, plan).stream()
                                                                        .filter(
                                                                                row ->
                                                                                        row.result()
                                                                                                .registration()
                                                                                                .equals(
                                                                                                        id))
                                                                        .findFirst()))
                        .flatMap(Row::certificate);
        return certificate
                .flatMap(c -> certificates.pdf(database, c))
                .map(
                        pdf ->
                                Reply.download(
                                        fileName(certificate.get()),
                                        "application/pdf",
                                        out -> out.write(pdf)))
                .orElseGet(Reply::notFound);
    }

    private static String fileName(Certificate certificate) {
        return certificate.face().holder()
                + "("
                + certificate.issue().map(Certificate.Issue::number).orElse("")
                + ")-证书.pdf";
    }
}
