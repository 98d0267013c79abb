package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Candidates: list with filters in the address, export, one candidate. Thread-safe. */
public final class CandidatePages implements HttpService {
    public static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String[] FIELDS = {"q", "school", "gaps"};

    private final StaffDesk desk;
    private final Candidates candidates = new Candidates();
    private final Photos photos = new Photos();
    private final Organisations organisations = new Organisations();

    public CandidatePages(StaffDesk desk) {
        this.desk = desk;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/candidates", desk.page(this::list))
                .post("/candidates/export", desk.page(this::export))
                .get("/candidates/{candidate}", desk.page(this::show))
                .get("/candidates/{candidate}/photo", desk.page(this::photo));
    }

    private static CandidateFilter filter(ListQuery query) {
        return new CandidateFilter(
                query.number("school").map(OrganisationId::new),
                query.text("q"),
                query.choice("gaps", CandidateFilter.Gaps.class).orElse(CandidateFilter.Gaps.ANY));
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        CandidateFilter filter = filter(query);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<Candidate> rows =
                            candidates.list(
                                    tx, scope, filter, query.offset(), ListView.ROWS_PER_PAGE);
                    long total = candidates.count(tx, scope, filter);
                    view.put("list", new ListView(query, "/candidates", total, rows.size(), true));
                    view.put("rows", rows);
                    view.put("schools", schools(tx, scope));
                    return view;
                });
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("filter", filter);
        return Reply.page(
                Page.titled(visit.text("candidate.nav")).module("hub/listing.js"),
                desk.content("candidate/list.jte", view));
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

    /**
     * The ticked rows, else those of the current filter; only the school itself gets whole ID
     * numbers.
     */
    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        boolean whole = scope.role() == StaffRole.SCHOOL_CLERK;
        ListSheet<Candidate> sheet = CandidateSheets.export(one -> whole ? one : one.masked());
        if (query.hasTicks()) {
            List<Candidate> found = desk.inTransaction(tx -> ticked(tx, scope, query));
            return sheet.reply(found);
        }
        CandidateFilter filter = filter(query);
        long total = desk.inTransaction(tx -> candidates.count(tx, scope, filter));
        return sheet.reply(total, (last, limit) -> after(scope, filter, last, limit));
    }

    private List<Candidate> after(
            StaffScope scope, CandidateFilter filter, Optional<Candidate> last, int limit) {
        return desk.inTransaction(tx -> candidates.after(tx, scope, filter, last, limit));
    }

    private List<Candidate> ticked(
            io.invigil.appliance.db.Tx tx, StaffScope scope, ListQuery query) {
        List<CandidateId> ids = query.ticked().stream().map(CandidateId::new).toList();
        return candidates.findAll(tx, scope.tenant(), ids).values().stream()
                .filter(one -> scope.sees(one.school()))
                .sorted(
                        Comparator.comparing((Candidate one) -> one.school().value())
                                .thenComparing(Candidate::name)
                                .thenComparing(one -> one.id().value()))
                .toList();
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
