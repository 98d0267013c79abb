package io.invigil.hub.certificate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.score.ScoreQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What needs no account: a candidate's own scores by admission and ID number, and the verification
 * of certificates by number or by the code of the QR. Both are throttled per address, so that
 * numbers cannot be tried out. Thread-safe.
 */
public final class PortalPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final Database database;
    private final TenantId tenant;
    private final ScoreQuery query;
    private final Certificates certificates;
    private final Throttle throttle;
    private final Audit audit = new Audit();

    /**
     * @param tenant whose scores and certificates the portal shows
     * @param throttle shared by all queries of one address
     */
    public PortalPages(
            HttpPages pages,
            Templates templates,
            Database database,
            TenantId tenant,
            ScoreQuery query,
            Certificates certificates,
            Throttle throttle) {
        this.pages = pages;
        this.templates = templates;
        this.database = database;
        this.tenant = tenant;
        this.query = query;
        this.certificates = certificates;
        this.throttle = throttle;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/portal/scores", pages.page(Access.open(), this::scoreForm))
                .post("/portal/scores", pages.page(Access.open(), this::scores))
                .get("/verify", pages.page(Access.open(), this::verifyForm))
                .post("/verify", pages.page(Access.open(), this::verify));
    }

    private Reply scoreForm(Visit visit) {
        return scorePage(visit, Optional.empty(), new FormErrors());
    }

    private Reply scores(Visit visit) {
        String admission = visit.form().text("admission").strip();
        String idNumber = visit.form().text("id").strip();
        FormErrors errors = new FormErrors();
        if (!permitted(visit)) {
            errors.add("admission", visit.text("portal.too-often"));
            return scorePage(visit, Optional.empty(), errors).status(429);
        }
        ScoreQuery.Answer answer =
                database.inTransaction(
                        tx -> {
                            ScoreQuery.Answer asked = query.ask(tx, tenant, admission, idNumber);
                            if (!(asked instanceof ScoreQuery.Answer.NotFound)) {
                                record(tx, visit, admission);
                            }
                            return asked;
                        });
        return switch (answer) {
            case ScoreQuery.Answer.Found found ->
                    scorePage(visit, Optional.of(found), new FormErrors());
            case ScoreQuery.Answer.Early early ->
                    scorePage(visit, Optional.of(early), new FormErrors());
            case ScoreQuery.Answer.NotFound notFound -> {
                errors.add("admission", visit.text("portal.scores.not-found"));
                yield scorePage(visit, Optional.empty(), errors).status(422);
            }
        };
    }

    /** Reads of scores are part of the log (domain, section 17); the holder of the number asked. */
    private void record(Tx tx, Visit visit, String admission) {
        AuditActor holder =
                new AuditActor(tenant.value(), admission, "candidate", 0, visit.address());
        audit.read(tx, holder, "score", "admission-" + admission, Map.of("by", "number"));
    }

    private Reply scorePage(Visit visit, Optional<ScoreQuery.Answer> answer, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("answer", answer);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("portal.scores.title"))
                        .width(Page.Width.NARROW)
                        .style("hub/paper.css")
                        .errors(errors.list()),
                templates.content("certificate/scores.jte", view));
    }

    private Reply verifyForm(Visit visit) {
        Optional<String> number = visit.query("number");
        return number.isPresent()
                ? verified(visit, number.get(), true)
                : verifyPage(visit, Optional.empty(), new FormErrors());
    }

    private Reply verify(Visit visit) {
        String code = visit.form().text("code").strip();
        return code.isEmpty()
                ? verified(visit, visit.form().text("number"), true)
                : verified(visit, code, false);
    }

    private Reply verified(Visit visit, String asked, boolean number) {
        if (!permitted(visit)) {
            FormErrors errors = new FormErrors().add("number", visit.text("portal.too-often"));
            return verifyPage(visit, Optional.empty(), errors).status(429);
        }
        Verification verification =
                database.inTransaction(
                        tx ->
                                number
                                        ? certificates.verifyNumber(tx, tenant, asked)
                                        : certificates.verifyCode(tx, tenant, asked));
        return verifyPage(visit, Optional.of(verification), new FormErrors());
    }

    private Reply verifyPage(Visit visit, Optional<Verification> result, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("result", result);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("portal.verify.title"))
                        .width(Page.Width.NARROW)
                        .style("hub/paper.css")
                        .module("hub/verify.js")
                        .errors(errors.list()),
                templates.content("certificate/verify.jte", view));
    }

    private boolean permitted(Visit visit) {
        return throttle.allow(visit.address());
    }
}
