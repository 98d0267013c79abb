package io.invigil.hub.arrival;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.portal.CandidateDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The portal's check-in page: a code typed, and what the room says. Thread-safe. */
public final class ArrivalPages implements HttpService {
    public static final String PATH = "/portal/check-in";
    private static final int TYPED_CHARS_MAX = 40;

    private final CandidateDesk desk;
    private final Arrivals arrivals;

    public ArrivalPages(CandidateDesk desk, Arrivals arrivals) {
        this.desk = desk;
        this.arrivals = arrivals;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // the sittings of these hours, each with its code field
                .get(PATH, desk.page(this::list))
                .post(PATH + "/{sitting}", desk.page(this::claim))
                // how one claim stands; asks for itself again while it waits
                .get(PATH + "/{sitting}/state", desk.page(this::state));
    }

    private Reply list(Visit visit, Candidate candidate) {
        return list(visit, candidate, "", new FormErrors());
    }

    private Reply list(Visit visit, Candidate candidate, String typed, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        List<ArrivalPlace> places = desk.inTransaction(tx -> arrivals.places(tx, candidate));
        view.put("places", places);
        view.put("typed", typed);
        view.put("errors", errors);
        return Reply.page(
                        Page.titled(visit.text("arrival.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/portal.css")
                                .errors(errors.list()),
                        desk.content("arrival/list.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply claim(Visit visit, Candidate candidate) {
        long sitting = visit.pathNumber("sitting");
        String typed = visit.form().text("code");
        String code = typed.substring(0, Math.min(typed.length(), TYPED_CHARS_MAX));
        return switch (desk.inTransaction(
                tx -> arrivals.claim(tx, candidate, sitting, code, visit.address()))) {
            case ArrivalDecision.Sent sent -> Reply.seeOther(PATH);
            case ArrivalDecision.Unknown unknown -> Reply.notFound();
            case ArrivalDecision.Refused refused -> {
                FormErrors errors = new FormErrors();
                errors.add("code-" + sitting, visit.text("issue." + refused.code()));
                yield list(visit, candidate, code, errors)
                        .status(refused.code() == ArrivalRefusal.ARRIVAL_TOO_OFTEN ? 429 : 422);
            }
        };
    }

    private Reply state(Visit visit, Candidate candidate) {
        long sitting = visit.pathNumber("sitting");
        Optional<ArrivalPlace> place =
                desk.inTransaction(tx -> arrivals.place(tx, candidate, sitting));
        if (place.isEmpty()) {
            return Reply.notFound();
        }
        // nothing new: what stands there stays, and no reader is told the same again
        if (place.get().last().filter(last -> last.waits(visit.now())).isPresent()) {
            return Reply.noContent();
        }
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("place", place.get());
        return Reply.html(desk.content("arrival/state.jte", view))
                .header("Cache-Control", "no-store");
    }
}
