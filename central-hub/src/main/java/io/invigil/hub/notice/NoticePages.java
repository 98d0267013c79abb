package io.invigil.hub.notice;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.site.Sites;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Staff's notices: list, form, one with its delivery record. Thread-safe. */
public final class NoticePages implements HttpService {
    private static final String PATH = "/notices";
    private static final StaffRole[] SENDERS = {StaffRole.SCHOOL_CLERK, StaffRole.BODY_STAFF};

    private final StaffDesk desk;
    private final Notices notices;
    private final String portalUrl;
    private final Plans plans = new Plans();
    private final Sites sites = new Sites();

    /**
     * @param portalUrl stands in the text message
     */
    public NoticePages(StaffDesk desk, Notices notices, String portalUrl) {
        this.desk = desk;
        this.notices = notices;
        this.portalUrl = portalUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, SENDERS))
                .get(PATH + "/new", desk.page(this::blank, SENDERS))
                .post(PATH + "/new", desk.page(this::send, SENDERS))
                .get(PATH + "/{notice}", desk.page(this::show, SENDERS));
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<Notice> rows =
                            notices.list(tx, scope, query.offset(), ListView.ROWS_PER_PAGE);
                    long total = notices.count(tx, scope);
                    view.put("rows", rows);
                    view.put("list", new ListView(query, PATH, total, rows.size(), false));
                    return view;
                });
        view.put("visit", visit);
        return Reply.page(
                Page.titled(visit.text("notice.nav")), desk.content("notice/list.jte", view));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, scope, Entered.empty(), new FormErrors());
    }

    private Reply form(Visit visit, StaffScope scope, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("plans", plans.visible(tx, scope));
                    view.put("sites", sites.visible(tx, scope));
                    return view;
                });
        view.put("audiences", audiences(scope));
        view.put("visit", visit);
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("notice.new"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("notice.nav"), PATH)
                        .errors(errors.list()),
                desk.content("notice/new.jte", view));
    }

    private static List<Notice.Audience> audiences(StaffScope scope) {
        return Arrays.stream(Notice.Audience.values())
                .filter(
                        one ->
                                one != Notice.Audience.SCHOOL
                                        || scope.role() == StaffRole.SCHOOL_CLERK)
                .toList();
    }

    private Reply send(Visit visit, StaffScope scope) {
        Form form = visit.form();
        Notices.Draft draft =
                new Notices.Draft(
                        form.text("title"),
                        form.text("body"),
                        audiences(scope).stream()
                                .filter(one -> one.name().equals(form.text("audience")))
                                .findFirst()
                                .orElse(Notice.Audience.NAMED),
                        form.number("plan").filter(id -> id > 0).map(PlanId::new),
                        form.number("site").filter(id -> id > 0),
                        form.text("named")
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .distinct()
                                .limit(Notices.MESSAGES_MAX + 1L)
                                .toList(),
                        form.ticked("message"));
        String message = visit.text("notice.message", draft.title(), portalUrl);
        return switch (desk.inTransaction(tx -> notices.send(tx, scope, draft, message))) {
            case Notices.Outcome.Sent sent -> {
                visit.flash(
                        Flash.Kind.SUCCESS, visit.text("notice.sent", sent.notice().recipients()));
                yield Reply.seeOther(PATH + "/" + sent.notice().id());
            }
            case Notices.Outcome.Refused refused ->
                    form(
                                    visit,
                                    scope,
                                    new Entered(form.fields()),
                                    StaffDesk.errors(visit, List.of(refused.issue())))
                            .status(422);
        };
    }

    private Reply show(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit);
        Map<String, Object> view = new HashMap<>();
        Optional<Notice> found =
                desk.inTransaction(
                        tx -> {
                            Optional<Notice> notice =
                                    notices.find(tx, scope, visit.pathNumber("notice"));
                            notice.ifPresent(
                                    one -> {
                                        List<NoticeDelivery> rows =
                                                notices.deliveries(
                                                        tx,
                                                        one,
                                                        query.offset(),
                                                        ListView.ROWS_PER_PAGE);
                                        view.put("notice", one);
                                        view.put("rows", rows);
                                        view.put("read", notices.read(tx, one));
                                        view.put(
                                                "list",
                                                new ListView(
                                                        query,
                                                        PATH + "/" + one.id(),
                                                        one.recipients(),
                                                        rows.size(),
                                                        false));
                                    });
                            return notice;
                        });
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        view.put("visit", visit);
        return Reply.page(
                Page.titled(found.get().title()).under(visit.text("notice.nav"), PATH),
                desk.content("notice/show.jte", view));
    }
}
