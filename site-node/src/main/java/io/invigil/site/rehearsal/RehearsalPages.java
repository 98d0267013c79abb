package io.invigil.site.rehearsal;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.web.PageWords;
import io.invigil.site.web.Refusals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rehearsal's page and what its script asks. */
public final class RehearsalPages implements HttpService {
    private static final int BODY_BYTES_MAX = 1_024;
    private static final int CANDIDATES_DEFAULT = 30;

    private final HttpPages pages;
    private final Templates templates;
    private final RehearsalDesk desk;
    private final java.util.function.IntSupplier registered;

    /**
     * @param registered how many sit in the largest package in force; 0 when there is none
     */
    public RehearsalPages(
            HttpPages pages,
            Templates templates,
            RehearsalDesk desk,
            java.util.function.IntSupplier registered) {
        this.pages = pages;
        this.templates = templates;
        this.desk = desk;
        this.registered = registered;
    }

    /** Body of {@code POST /api/technician/rehearsal}. */
    public record StartRequest(int candidates, long seconds) {}

    /** One figure in a reader's language. */
    public record Shown(String name, String measured, String limit, boolean passed) {}

    /** The last result in a reader's language. */
    public record Last(
            String exam,
            Instant at,
            int candidates,
            long seconds,
            boolean passed,
            String problem,
            List<Shown> lines) {}

    /** What the page asks for every second. */
    public record State(
            Optional<Rehearsal.Progress> running, String objection, Optional<Last> last) {}

    /** Words and defaults of the page. */
    public record RehearsalView(Texts texts, int candidates) {
        public String text(String key, Object... arguments) {
            return texts.text(key, arguments);
        }

        public String wordsJson() {
            return PageWords.json(texts, "rehearsal.js.");
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Access technician = Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR);
        rules
                // how many, how long; progress; the last result
                .get("/technician/rehearsal", pages.page(technician, this::page))
                .get("/api/technician/rehearsal", pages.api(technician, this::state))
                .post("/api/technician/rehearsal", pages.api(technician, this::start))
                .post("/api/technician/rehearsal/stop", pages.api(technician, this::stop));
    }

    private Reply page(Visit visit) {
        int people = registered.getAsInt();
        int candidates =
                people == 0 ? CANDIDATES_DEFAULT : Math.min(people, RehearsalOrder.CANDIDATES_MAX);
        return Reply.page(
                Page.titled(visit.text("rehearsal.title"))
                        .under(visit.text("technician.title"), "/technician")
                        .style("technician/technician.css")
                        .module("rehearsal/rehearsal.js"),
                templates.content(
                        "rehearsal/rehearsal.jte", new RehearsalView(visit.texts(), candidates)));
    }

    private Reply start(Visit visit) {
        Optional<StartRequest> request = visit.json(StartRequest.class, BODY_BYTES_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        String refusal = desk.start(request.get().candidates(), request.get().seconds());
        return refusal.isEmpty() ? state(visit) : Refusals.of(visit, 409, refusal);
    }

    private Reply stop(Visit visit) {
        desk.stop();
        return Reply.noContent();
    }

    private Reply state(Visit visit) {
        String objection = desk.objection();
        State state =
                new State(
                        desk.progress(),
                        objection.isEmpty() ? "" : visit.text("problem." + objection),
                        desk.last().map(last -> shown(last, visit.texts())));
        return Reply.json(state).header("Cache-Control", "no-store");
    }

    private static Last shown(RehearsalResult result, Texts texts) {
        return new Last(
                result.exam(),
                result.at(),
                result.candidates(),
                result.seconds(),
                result.passed(),
                result.problem(),
                result.lines().stream()
                        .map(
                                line ->
                                        new Shown(
                                                texts.of("rehearsal.figure", line.figure()),
                                                line.measured(),
                                                line.limit(),
                                                line.passed()))
                        .toList());
    }
}
