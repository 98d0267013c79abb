package io.invigil.hub.request;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Staff's side of requests: list, one with its evidence, the decision. Thread-safe. */
public final class RequestPages implements HttpService {
    private static final String PATH = "/requests";
    private static final StaffRole[] DECIDING = {StaffRole.SCHOOL_CLERK, StaffRole.BODY_STAFF};

    private final StaffDesk desk;
    private final Requests requests;
    private final Candidates candidates = new Candidates();

    public RequestPages(StaffDesk desk, Requests requests) {
        this.desk = desk;
        this.requests = requests;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, DECIDING))
                .get(PATH + "/{request}", desk.page(this::show, DECIDING))
                .get(PATH + "/{request}/file", desk.page(this::file, DECIDING))
                .post(PATH + "/{request}/approve", desk.page(this::approve, DECIDING))
                .post(PATH + "/{request}/refuse", desk.page(this::refuse, DECIDING));
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<CandidateRequest> rows =
                            requests.list(tx, scope, query.offset(), ListView.ROWS_PER_PAGE);
                    Map<CandidateId, Candidate> people =
                            candidates.findAll(
                                    tx,
                                    scope.tenant(),
                                    rows.stream().map(CandidateRequest::candidate).toList());
                    long total = requests.count(tx, scope);
                    view.put("list", new ListView(query, PATH, total, rows.size(), false));
                    view.put("rows", rows);
                    view.put("people", people);
                    return view;
                });
        view.put("visit", visit);
        return Reply.page(
                Page.titled(visit.text("request.nav")), desk.content("request/list.jte", view));
    }

    private Optional<CandidateRequest> find(Tx tx, Visit visit, StaffScope scope) {
        return requests.findVisible(tx, scope, visit.pathNumber("request"));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return show(visit, scope, List.of());
    }

    private Reply show(Visit visit, StaffScope scope, List<FieldIssue> issues) {
        Map<String, Object> view = new HashMap<>();
        Optional<CandidateRequest> found =
                desk.inTransaction(
                        tx -> {
                            Optional<CandidateRequest> request = find(tx, visit, scope);
                            request.ifPresent(
                                    one -> {
                                        view.put("request", one);
                                        view.put(
                                                "candidate",
                                                candidates
                                                        .find(tx, one.tenant(), one.candidate())
                                                        .orElseThrow());
                                        view.put(
                                                "plan",
                                                requests.plan(tx, one).map(Plan::name).orElse(""));
                                        view.put("mine", requests.mayDecide(tx, scope, one));
                                    });
                            return request;
                        });
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        FormErrors errors = StaffDesk.errors(visit, issues);
        view.put("visit", visit);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("request.title"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("request.nav"), PATH)
                        .errors(errors.list()),
                desk.content("request/show.jte", view));
    }

    /** Always a download: what candidates upload is never shown inside our pages. */
    private Reply file(Visit visit, StaffScope scope) {
        return desk.inTransaction(
                tx ->
                        find(tx, visit, scope)
                                .flatMap(
                                        one ->
                                                requests.file(tx, one)
                                                        .map(
                                                                bytes ->
                                                                        Reply.download(
                                                                                one.fileName(),
                                                                                "application/octet-stream",
                                                                                out ->
                                                                                        out.write(
                                                                                                bytes))))
                                .orElseGet(Reply::notFound));
    }

    private Reply approve(Visit visit, StaffScope scope) {
        return decide(
                visit,
                scope,
                desk.inTransaction(
                        tx -> find(tx, visit, scope).map(one -> requests.approve(tx, scope, one))));
    }

    private Reply refuse(Visit visit, StaffScope scope) {
        String reason = visit.form().text("reason");
        return decide(
                visit,
                scope,
                desk.inTransaction(
                        tx ->
                                find(tx, visit, scope)
                                        .map(one -> requests.refuse(tx, scope, one, reason))));
    }

    /**
     * @param outcome empty when there is no such request; inside, what is wrong
     */
    private Reply decide(Visit visit, StaffScope scope, Optional<Optional<FieldIssue>> outcome) {
        if (outcome.isEmpty()) {
            return Reply.notFound();
        }
        if (outcome.get().isPresent()) {
            return show(visit, scope, List.of(outcome.get().get())).status(422);
        }
        visit.flash(Flash.Kind.SUCCESS, visit.text("request.decided"));
        return Reply.seeOther(PATH + "/" + visit.pathNumber("request"));
    }
}
