package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Candidates: list with filters in the address, export, one candidate, single entry. Thread-safe.
 */
public final class CandidatePages implements HttpService {
    public static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public static final int ROWS_PER_PAGE = 50;

    private final StaffDesk desk;
    private final CandidateEntry entry;
    private final Candidates candidates = new Candidates();
    private final Photos photos = new Photos();
    private final Organisations organisations = new Organisations();
    private final CandidateSheets sheets = new CandidateSheets();

    public CandidatePages(StaffDesk desk, CandidateEntry entry) {
        this.desk = desk;
        this.entry = entry;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/candidates", desk.page(this::list))
                .get("/candidates/export", desk.page(this::export))
                .get("/candidates/new", desk.page(this::blank, StaffRole.SCHOOL_CLERK))
                .post("/candidates/new", desk.page(this::add, StaffRole.SCHOOL_CLERK))
                .get("/candidates/{candidate}", desk.page(this::show))
                .get("/candidates/{candidate}/photo", desk.page(this::photo));
    }

    /** The list's filter as the address says. */
    static CandidateFilter filter(Visit visit) {
        CandidateFilter.Gaps gaps =
                visit.query("gaps")
                        .flatMap(
                                name ->
                                        Arrays.stream(CandidateFilter.Gaps.values())
                                                .filter(one -> one.name().equals(name))
                                                .findFirst())
                        .orElse(CandidateFilter.Gaps.ANY);
        Optional<OrganisationId> school =
                visit.queryNumber("school").filter(id -> id > 0).map(OrganisationId::new);
        String text = visit.query("q").orElse("");
        return new CandidateFilter(school, text.length() > 100 ? "" : text, gaps);
    }

    private static String address(CandidateFilter filter) {
        String text = URLEncoder.encode(filter.text(), StandardCharsets.UTF_8);
        return "q="
                + text
                + "&gaps="
                + filter.gaps()
                + filter.school().map(school -> "&school=" + school).orElse("");
    }

    private Reply list(Visit visit, StaffScope scope) {
        CandidateFilter filter = filter(visit);
        int page = visit.queryNumber("page").filter(n -> n < 100_000).orElse(0L).intValue();
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("total", candidates.count(tx, scope, filter));
                    view.put(
                            "rows",
                            candidates.list(
                                    tx, scope, filter, page * ROWS_PER_PAGE, ROWS_PER_PAGE));
                    view.put("schools", schools(tx, scope));
                    return view;
                });
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("filter", filter);
        view.put("address", address(filter));
        view.put("page", page);
        return Reply.page(
                Page.titled(visit.text("candidate.nav")), desk.content("candidate/list.jte", view));
    }

    private Map<OrganisationId, Organisation> schools(
            io.invigil.appliance.db.Tx tx, StaffScope scope) {
        return organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL).stream()
                .collect(
                        Collectors.toMap(
                                Organisation::id,
                                Function.identity(),
                                (one, other) -> one,
                                java.util.LinkedHashMap::new));
    }

    /** The rows of the current filter; only the school itself gets whole ID numbers. */
    private Reply export(Visit visit, StaffScope scope) {
        CandidateFilter filter = filter(visit);
        boolean whole = scope.role() == StaffRole.SCHOOL_CLERK;
        List<Candidate> rows =
                desk
                        .inTransaction(
                                tx ->
                                        candidates.list(
                                                tx, scope, filter, 0, Candidates.PAGE_ROWS_MAX))
                        .stream()
                        .map(one -> whole ? one : one.masked())
                        .toList();
        return Reply.download("考生信息.xlsx", XLSX, out -> sheets.export(out, rows));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, Entered.empty(), new FormErrors());
    }

    private Reply add(Visit visit, StaffScope scope) {
        Map<String, String> values = new HashMap<>();
        CandidateEntry.FIELDS.forEach(
                (field, column) -> values.put(column, visit.form().text(field)));
        return switch (desk.inTransaction(tx -> entry.add(tx, scope, values))) {
            case CandidateEntry.Outcome.Added added -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("candidate.added"));
                yield Reply.seeOther("/candidates/" + added.candidate());
            }
            case CandidateEntry.Outcome.Refused refused ->
                    form(
                                    visit,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Reply form(Visit visit, Entered entered, FormErrors errors) {
        return Reply.page(
                Page.titled(visit.text("candidate.new"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("candidate.nav"), "/candidates")
                        .errors(errors.list()),
                desk.content(
                        "candidate/form.jte",
                        Map.of("visit", visit, "entered", entered, "errors", errors)));
    }

    private Optional<Candidate> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("candidate");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                        tx -> candidates.findVisible(tx, scope, new CandidateId(number)));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        one -> {
                            Map<String, Object> view = new HashMap<>();
                            view.put("visit", visit);
                            view.put("candidate", one);
                            view.put("own", scope.mayChange(one.school()));
                            view.put(
                                    "school",
                                    desk.inTransaction(tx -> schools(tx, scope))
                                            .get(one.school())
                                            .name());
                            return Reply.page(
                                    Page.titled(one.name())
                                            .under(visit.text("candidate.nav"), "/candidates"),
                                    desk.content("candidate/show.jte", view));
                        })
                .orElseGet(Reply::notFound);
    }

    private Reply photo(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .filter(Candidate::hasPhoto)
                .flatMap(
                        one -> desk.inTransaction(tx -> photos.find(tx, one.tenant(), one.photo())))
                .map(jpeg -> Reply.bytes("image/jpeg", jpeg))
                .orElseGet(Reply::notFound);
    }
}
