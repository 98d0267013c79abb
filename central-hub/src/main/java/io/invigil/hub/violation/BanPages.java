package io.invigil.hub.violation;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The authority's page of bans: list, entry, lifting. Thread-safe. */
public final class BanPages implements HttpService {
    private final StaffDesk desk;
    private final Bans bans;
    private final ZoneId zone;
    private final Candidates candidates = new Candidates();
    private final Organisations organisations = new Organisations();

    /**
     * @param zone in which days are entered
     */
    public BanPages(StaffDesk desk, Bans bans, ZoneId zone) {
        this.desk = desk;
        this.bans = bans;
        this.zone = zone;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole authority = StaffRole.AUTHORITY_READER;
        rules.get("/bans", desk.page(this::list, authority))
                .post("/bans", desk.page(this::add, authority))
                .post("/bans/{ban}/lift", desk.page(this::lift, authority));
    }

    private Reply list(Visit visit, StaffScope scope) {
        return list(visit, scope, Entered.empty(), new FormErrors());
    }

    private Reply list(Visit visit, StaffScope scope, Entered entered, FormErrors errors) {
        ListQuery query = ListQuery.of(visit);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<Ban> rows = bans.all(tx, scope, query.offset(), ListView.ROWS_PER_PAGE);
                    Map<CandidateId, Candidate> people =
                            candidates.findAll(
                                    tx, scope.tenant(), rows.stream().map(Ban::candidate).toList());
                    view.put(
                            "list",
                            new ListView(
                                    query, "/bans", bans.count(tx, scope), rows.size(), false));
                    view.put("rows", rows);
                    view.put("people", people);
                    view.put(
                            "bodies",
                            organisations.ofKind(tx, scope.tenant(), OrganisationKind.BODY));
                    return view;
                });
        view.put("visit", visit);
        view.put("zone", zone);
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("ban.nav")).errors(errors.list()),
                desk.content("violation/list.jte", view));
    }

    /** The body's name, or that the ban is for every exam. */
    public static String bodyOf(Visit visit, Ban ban, List<Organisation> bodies) {
        return ban.body()
                .map(
                        id ->
                                bodies.stream()
                                        .filter(one -> one.id().equals(id))
                                        .map(Organisation::name)
                                        .findFirst()
                                        .orElse(""))
                .orElse(visit.text("ban.every"));
    }

    private Reply add(Visit visit, StaffScope scope) {
        Form form = visit.form();
        Bans.Draft draft =
                new Bans.Draft(
                        form.text("idNumber"),
                        form.number("body").filter(id -> id > 0).map(OrganisationId::new),
                        form.date("first"),
                        form.date("last"),
                        zone,
                        form.text("reason"));
        List<FieldIssue> issues = desk.inTransaction(tx -> bans.add(tx, scope, draft));
        if (issues.isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("ban.added"));
            return Reply.seeOther("/bans");
        }
        Entered sent = new Entered(form.fields());
        return list(visit, scope, sent, StaffDesk.errors(visit, issues)).status(422);
    }

    private Reply lift(Visit visit, StaffScope scope) {
        long id = visit.pathNumber("ban");
        Optional<Ban> ban = desk.inTransaction(tx -> bans.find(tx, scope, id));
        if (ban.isEmpty()) {
            return Reply.notFound();
        }
        List<FieldIssue> issues =
                desk.inTransaction(
                        tx -> bans.lift(tx, scope, ban.get(), visit.form().text("reason")));
        if (issues.isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("ban.lifted"));
        } else {
            visit.flash(Flash.Kind.WARNING, StaffDesk.text(visit, issues.get(0)));
        }
        return Reply.seeOther("/bans");
    }
}
