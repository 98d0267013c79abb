package io.invigil.hub.examday;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.site.Sites;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** The exam day's board and one room of it. Thread-safe. */
public final class BoardPages implements HttpService {
    private final StaffDesk desk;
    private final ZoneId zone;
    private final Boards boards = new Boards();
    private final Plans plans = new Plans();
    private final Sites sites = new Sites();

    /**
     * @param zone in which a day begins
     */
    public BoardPages(StaffDesk desk, ZoneId zone) {
        this.desk = desk;
        this.zone = zone;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // all rooms of a day, trouble first; the table asks for itself again
                .get("/exam-day", desk.page(this::show))
                .get("/exam-day/table", desk.page(this::table));
    }

    private Reply show(Visit visit, StaffScope scope) {
        Map<String, Object> view = view(visit, scope);
        view.put("plans", desk.inTransaction(tx -> plans.visible(tx, scope)));
        view.put("sites", desk.inTransaction(tx -> sites.visible(tx, scope)));
        return Reply.page(
                Page.titled(visit.text("examday.nav"))
                        .width(Page.Width.FULL)
                        .style("hub/examday.css")
                        .live("/nodes/live"),
                desk.content("examday/board.jte", view));
    }

    private Reply table(Visit visit, StaffScope scope) {
        return Reply.html(desk.content("examday/table.jte", view(visit, scope)));
    }

    private Map<String, Object> view(Visit visit, StaffScope scope) {
        BoardQuery wanted = BoardQuery.of(visit, zone);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("wanted", wanted);
        view.put("body", scope.role() == StaffRole.BODY_STAFF);
        view.put(
                "board",
                desk.inTransaction(tx -> boards.of(tx, scope, wanted.filter(zone), visit.now())));
        return view;
    }
}
