package io.invigil.hub.centreword;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.examday.BoardQuery;
import io.invigil.hub.examday.BoardRow;
import io.invigil.hub.examday.Boards;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writing to rooms, and what became of it. Thread-safe. */
public final class CentreWordPages implements HttpService {
    private final StaffDesk desk;
    private final CentreWords words;
    private final ZoneId zone;
    private final Boards boards = new Boards();

    /**
     * @param zone in which a day begins
     */
    public CentreWordPages(StaffDesk desk, CentreWords words, ZoneId zone) {
        this.desk = desk;
        this.words = words;
        this.zone = zone;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // sent, received, read; asks for itself again
                .get("/exam-day/words", desk.page(this::list))
                .get("/exam-day/words/table", desk.page(this::table))
                // one text to the rooms that are ticked
                .get("/exam-day/words/new", desk.page(this::form, StaffRole.BODY_STAFF))
                .post("/exam-day/words", desk.page(this::send, StaffRole.BODY_STAFF));
    }

    private Reply list(Visit visit, StaffScope scope) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("words", desk.inTransaction(tx -> words.recent(tx, scope)));
        return Reply.page(
                Page.titled(visit.text("centreword.sent"))
                        .under(visit.text("examday.nav"), "/exam-day")
                        .live("/nodes/live"),
                desk.content("centreword/list.jte", view));
    }

    private Reply table(Visit visit, StaffScope scope) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("words", desk.inTransaction(tx -> words.recent(tx, scope)));
        return Reply.html(desk.content("centreword/table.jte", view));
    }

    /** Rows of the board in the address that may be spoken to. */
    private List<BoardRow> reachable(Visit visit, StaffScope scope) {
        Boards.Filter filter = BoardQuery.of(visit, zone).filter(zone);
        return desk.inTransaction(tx -> boards.of(tx, scope, filter, visit.now())).rows().stream()
                .filter(row -> CentreWords.mayReach(scope, row))
                .toList();
    }

    private Reply form(Visit visit, StaffScope scope) {
        List<BoardRow> rows = reachable(visit, scope);
        Set<String> ticked = new HashSet<>(visit.queries("exam"));
        if (visit.query("all").isPresent()) {
            rows.forEach(row -> ticked.add(exam(row)));
        }
        return form(visit, rows, ticked, "", new FormErrors());
    }

    private Reply form(
            Visit visit, List<BoardRow> rows, Set<String> ticked, String text, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("query", BoardQuery.of(visit, zone));
        view.put("rows", rows);
        view.put("ticked", ticked);
        view.put("text", text);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("centreword.new"))
                        .under(visit.text("examday.nav"), "/exam-day")
                        .errors(errors.list()),
                desk.content("centreword/form.jte", view));
    }

    private static String exam(BoardRow row) {
        return row.room().box().orElseThrow().exam();
    }

    private Reply send(Visit visit, StaffScope scope) {
        List<BoardRow> rows = reachable(visit, scope);
        Set<String> ticked = new HashSet<>(visit.form().all("exam"));
        String text = visit.form().text("text");
        List<BoardRow> wanted = rows.stream().filter(row -> ticked.contains(exam(row))).toList();
        return switch (desk.inTransaction(tx -> words.send(tx, scope, wanted, text))) {
            case WordDecision.Sent sent -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("centreword.done", sent.rooms()));
                yield Reply.seeOther("/exam-day/words");
            }
            case WordDecision.Refused refused -> {
                FormErrors errors = new FormErrors();
                boolean ofText = refused.code() == WordDecision.Code.WORD_TEXT;
                errors.add(
                        ofText ? "text" : "exam",
                        visit.texts().of("centreword.refusal", refused.code()));
                yield form(visit, rows, ticked, text, errors).status(422);
            }
        };
    }
}
