package io.invigil.hub.facecapture;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.facecapture.FaceCaptures.Hand;
import io.invigil.hub.organisation.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The page that the portal's code leads a phone to. It needs no login: whoever holds the code acts
 * for this candidate, for a quarter of an hour and one picture; it shows the name and nothing else
 * of the candidate, and no picture that was kept. Thread-safe.
 */
public final class PhoneFacePages implements HttpService {
    static final String PATH = "/face";

    private final HttpPages pages;
    private final Database database;
    private final Templates templates;
    private final TenantId tenant;
    private final CaptureDesk capture;
    private final FaceCaptures captures;
    private final Candidates candidates = new Candidates();

    public PhoneFacePages(
            HttpPages pages,
            Database database,
            Templates templates,
            TenantId tenant,
            CaptureDesk capture) {
        this.pages = pages;
        this.database = database;
        this.templates = templates;
        this.tenant = tenant;
        this.capture = capture;
        this.captures = capture.captures();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH + "/{token}", page(this::show))
                .post(PATH + "/{token}/agree", page(this::agree))
                .post(PATH + "/{token}/decline", page(this::decline))
                .put(PATH + "/{token}/picture", page(capture::picture));
    }

    private interface LinkedHandler {
        Reply handle(Visit visit, Hand by);
    }

    private Handler page(LinkedHandler handler) {
        return pages.page(
                Access.open(),
                visit ->
                        hand(visit)
                                .map(by -> handler.handle(visit, by))
                                .orElseGet(() -> over(visit)));
    }

    private Optional<Hand> hand(Visit visit) {
        return database.inTransaction(
                        tx ->
                                captures.linked(tx, tenant, visit.path("token"))
                                        .flatMap(id -> candidates.find(tx, tenant, id)))
                .map(candidate -> new Hand(candidate, FaceWay.PHONE, visit.address()));
    }

    private Reply over(Visit visit) {
        return page(visit, "facecapture/over.jte", new FormErrors(), Map.of("visit", visit))
                .status(404);
    }

    private Reply page(Visit visit, String template, FormErrors errors, Map<String, Object> view) {
        return Reply.page(
                        Page.titled(visit.text("facecapture.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/facecapture.css")
                                .module("hub/facecapture.js")
                                .errors(errors.list()),
                        templates.content(template, view))
                .header("Cache-Control", "no-store");
    }

    private Reply show(Visit visit, Hand by) {
        return show(visit, by, new FormErrors());
    }

    private Reply show(Visit visit, Hand by, FormErrors errors) {
        Candidate candidate = by.candidate();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("name", candidate.name());
        view.put("standing", database.inTransaction(tx -> captures.standing(tx, candidate)));
        view.put("notice", capture.notice(visit));
        view.put("path", PATH + "/" + visit.path("token"));
        view.put("checks", captures.checksFaces());
        view.put("errors", errors);
        return page(visit, "facecapture/phone.jte", errors, view);
    }

    private Reply agree(Visit visit, Hand by) {
        Optional<FaceRefusal> refusal = capture.agree(visit, by);
        if (refusal.isPresent()) {
            FormErrors errors = new FormErrors();
            errors.add("agreed", visit.text("issue." + refusal.get()));
            return show(visit, by, errors).status(422);
        }
        return Reply.seeOther(PATH + "/" + visit.path("token"));
    }

    private Reply decline(Visit visit, Hand by) {
        capture.decline(visit, by);
        return Reply.seeOther(PATH + "/" + visit.path("token"));
    }
}
