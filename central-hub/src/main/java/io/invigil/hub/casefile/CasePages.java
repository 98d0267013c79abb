package io.invigil.hub.casefile;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The case page of a candidate. Thread-safe. */
public final class CasePages implements HttpService {
    /** Pages that not every role of exams may open: the beginnings of their addresses. */
    private static final Map<StaffRole, Set<String>> CLOSED = new EnumMap<>(StaffRole.class);

    static {
        CLOSED.put(StaffRole.SCHOOL_CLERK, Set.of("/packages", "/bans", "/sittings/"));
        CLOSED.put(StaffRole.BODY_STAFF, Set.of("/bans", "/portal-accounts", "/imports"));
        CLOSED.put(
                StaffRole.AUTHORITY_READER,
                Set.of("/packages", "/portal-accounts", "/imports", "/prints/"));
    }

    private final StaffDesk desk;
    private final CaseFiles files;
    private final Candidates candidates = new Candidates();

    public CasePages(StaffDesk desk, CaseFiles files) {
        this.desk = desk;
        this.files = files;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/candidates/{candidate}/case", desk.page(this::show));
    }

    private Reply show(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("candidate");
        Optional<CaseFile> file =
                number <= 0
                        ? Optional.empty()
                        : desk.inTransaction(
                                tx ->
                                        candidates
                                                .findVisible(tx, scope, new CandidateId(number))
                                                .map(one -> files.of(tx, scope, one)));
        if (file.isEmpty()) {
            return Reply.notFound();
        }
        Candidate candidate = file.get().candidate();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("file", file.get());
        view.put("closed", CLOSED.getOrDefault(scope.role(), Set.of()));
        return Reply.page(
                Page.titled(visit.text("casefile.title", candidate.name()))
                        .under(visit.text("candidate.nav"), "/candidates")
                        .under(candidate.name(), "/candidates/" + candidate.id())
                        .style("hub/casefile.css"),
                desk.content("casefile/show.jte", view));
    }
}
