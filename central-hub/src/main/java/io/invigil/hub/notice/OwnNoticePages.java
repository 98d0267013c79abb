package io.invigil.hub.notice;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.portal.CandidateDesk;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The candidate's notices in the portal; opening one makes it read. Thread-safe. */
public final class OwnNoticePages implements HttpService {
    public static final String PATH = "/portal/notices";

    private final CandidateDesk desk;
    private final Notices notices;

    public OwnNoticePages(CandidateDesk desk, Notices notices) {
        this.desk = desk;
        this.notices = notices;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list)).get(PATH + "/{notice}", desk.page(this::open));
    }

    private Reply list(Visit visit, Candidate candidate) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", desk.inTransaction(tx -> notices.received(tx, candidate)));
        return Reply.page(
                        Page.titled(visit.text("notice.own.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/portal.css"),
                        desk.content("notice/own.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply open(Visit visit, Candidate candidate) {
        long id = visit.pathNumber("notice");
        Optional<Notice> notice = desk.inTransaction(tx -> notices.open(tx, candidate, id));
        return notice.map(
                        one ->
                                Reply.page(
                                                Page.titled(one.title())
                                                        .width(Page.Width.NARROW)
                                                        .under(
                                                                visit.text("notice.own.title"),
                                                                PATH),
                                                desk.content(
                                                        "notice/text.jte",
                                                        Map.of("visit", visit, "notice", one)))
                                        .header("Cache-Control", "no-store"))
                .orElseGet(Reply::notFound);
    }
}
