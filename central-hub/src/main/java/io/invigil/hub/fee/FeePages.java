package io.invigil.hub.fee;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.RegistrationFilter;
import io.invigil.hub.registration.RegistrationList;
import io.invigil.hub.registration.RegistrationRow;
import io.invigil.hub.registration.SittingId;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fee requests: list, export, one request, confirmation in bulk, removal. Thread-safe. */
public final class FeePages implements HttpService {
    public static final int PEOPLE_SHOWN_MAX = 200;

    private static final String[] FIELDS = {"q", "plan", "school", "state"};

    private final StaffDesk desk;
    private final Fees fees;
    private final ZoneId zone;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final RegistrationList registered = new RegistrationList();

    /**
     * @param zone of times in the export
     */
    public FeePages(StaffDesk desk, Fees fees, ZoneId zone) {
        this.desk = desk;
        this.fees = fees;
        this.zone = zone;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/fees", desk.page(this::list))
                .post("/fees/export", desk.page(this::export))
                .post("/fees/confirm", desk.page(this::confirm, StaffRole.BODY_STAFF))
                .get("/fees/{request}", desk.page(this::show))
                .post("/fees/{request}/remove", desk.page(this::remove, StaffRole.SCHOOL_CLERK));
    }

    private static FeeFilter filter(ListQuery query) {
        return new FeeFilter(
                query.text("q"),
                query.number("plan").map(PlanId::new),
                query.number("school").map(OrganisationId::new),
                Optional.empty(),
                query.choice("state", FeeRequest.State.class),
                query.ticked().stream().map(FeeRequestId::new).toList());
    }

    private Reply list(Visit visit, StaffScope scope) {
        return list(visit, scope, ListQuery.of(visit, FIELDS), "", new FormErrors());
    }

    private Reply list(
            Visit visit, StaffScope scope, ListQuery query, String numbers, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    FeeFilter filter = filter(query);
                    List<FeeRow> rows =
                            fees.rows(tx, scope, filter, query.offset(), ListView.ROWS_PER_PAGE);
                    long total = fees.count(tx, scope, filter);
                    view.put("list", new ListView(query, "/fees", total, rows.size(), true));
                    view.put("rows", rows);
                    view.put("plans", plansWithFees(tx, scope));
                    return view;
                });
        view.put("visit", visit);
        view.put("role", scope.role());
        view.put("numbers", numbers);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("fee.nav")).module("hub/listing.js").errors(errors.list()),
                desk.content("fee/list.jte", view));
    }

    private List<Plan> plansWithFees(io.invigil.appliance.db.Tx tx, StaffScope scope) {
        return plans.visible(tx, scope).stream().filter(one -> one.options().fees()).toList();
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        FeeFilter filter =
                query.hasTicks()
                        ? filter(new ListQuery(Map.of(), 0, query.ticked()))
                        : filter(query);
        return sheet(zone)
                .reply(
                        desk.inTransaction(tx -> fees.count(tx, scope, filter)),
                        (last, limit) ->
                                desk.inTransaction(
                                        tx -> fees.after(tx, scope, filter, last, limit)));
    }

    /** The columns of source 004 section 5.2.7, verbatim. */
    static ListSheet<FeeRow> sheet(ZoneId zone) {
        DateTimeFormatter minute = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone);
        return new ListSheet<FeeRow>("缴费申请单")
                .column("缴费单号", 16, row -> row.request().number())
                .column("缴费院校", 30, FeeRow::school)
                .column("缴费人数", 10, row -> Integer.toString(row.request().people()))
                .column("申请时间", 18, row -> minute.format(row.request().at()))
                .column("收费对象", 30, FeeRow::body)
                .column("缴费方式", 14, row -> mode(row.request().mode()))
                .column("缴费状态", 10, row -> row.request().state().chinese());
    }

    private static String mode(RegistrationMode mode) {
        return mode == RegistrationMode.BY_SUBJECT ? "按科目缴费" : "按证书缴费";
    }

    /** By numbers typed or pasted, and by ticked rows of the list. */
    private Reply confirm(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        String typed = visit.form().text("numbers");
        FeeDecision decision =
                desk.inTransaction(
                        tx -> {
                            List<String> numbers = new ArrayList<>(split(typed));
                            for (Long id : query.ticked()) {
                                fees.findVisible(tx, scope, new FeeRequestId(id))
                                        .ifPresent(row -> numbers.add(row.request().number()));
                            }
                            return fees.confirm(tx, scope, numbers);
                        });
        if (decision instanceof FeeDecision.Confirmed confirmed) {
            String why =
                    confirmed.refused().values().stream()
                            .limit(20)
                            .map(issue -> StaffDesk.text(visit, issue))
                            .collect(Collectors.joining(" "));
            visit.flash(
                    why.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                    visit.text("fee.confirmed", confirmed.numbers().size()) + " " + why);
            return Reply.seeOther("/fees");
        }
        return refused(visit, scope, typed, decision);
    }

    private Reply refused(Visit visit, StaffScope scope, String typed, FeeDecision decision) {
        FormErrors errors = new FormErrors();
        if (decision instanceof FeeDecision.Refused refused) {
            errors = StaffDesk.errors(visit, refused.issues());
        }
        ListQuery query = new ListQuery(Map.of(), 0, List.of());
        return list(visit, scope, query, typed, errors).status(422);
    }

    private static List<String> split(String typed) {
        return Stream.of(typed.split("[\\s,，;；、]+")).filter(one -> !one.isEmpty()).toList();
    }

    private Optional<FeeRow> find(Visit visit, StaffScope scope) {
        long id = visit.pathNumber("request");
        return id <= 0
                ? Optional.empty()
                : desk.inTransaction(tx -> fees.findVisible(tx, scope, new FeeRequestId(id)));
    }

    /** One price of a request as the page shows it. */
    public record LineRow(String title, FeeRequest.Line line) {}

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope).map(row -> show(visit, scope, row)).orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, FeeRow row) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    Map<Long, String> subjects = new HashMap<>();
                    for (Subject one :
                            content.subjects(tx, row.request().tenant(), row.request().plan())) {
                        subjects.put(one.id().value(), one.name());
                    }
                    view.put(
                            "lines",
                            fees.lines(tx, row.request()).stream()
                                    .map(
                                            line ->
                                                    new LineRow(
                                                            subjects.getOrDefault(
                                                                    line.subject(), row.title()),
                                                            line))
                                    .toList());
                    view.put("people", people(tx, visit, scope, row));
                    return view;
                });
        view.put("visit", visit);
        view.put("row", row);
        view.put("mayRemove", scope.mayChange(row.request().school()));
        return Reply.page(
                Page.titled(visit.text("fee.one", row.request().number()))
                        .under(visit.text("fee.nav"), "/fees"),
                desk.content("fee/show.jte", view));
    }

    private List<RegistrationRow> people(
            io.invigil.appliance.db.Tx tx, Visit visit, StaffScope scope, FeeRow row) {
        List<SittingId> entries =
                fees.entries(tx, row.request()).stream().limit(PEOPLE_SHOWN_MAX).toList();
        RegistrationFilter everything = RegistrationFilter.everything();
        RegistrationFilter only =
                new RegistrationFilter(
                        "",
                        Optional.of(row.request().school()),
                        everything.level(),
                        everything.subject(),
                        everything.state(),
                        everything.payment(),
                        entries);
        return plans.find(tx, row.request().tenant(), row.request().plan())
                .map(
                        plan ->
                                registered.rows(
                                        tx, scope, plan, only, visit.now(), 0, PEOPLE_SHOWN_MAX))
                .orElse(List.of());
    }

    private Reply remove(Visit visit, StaffScope scope) {
        Optional<FeeRow> row = find(visit, scope);
        if (row.isEmpty()) {
            return Reply.notFound();
        }
        FeeDecision decision =
                desk.inTransaction(tx -> fees.remove(tx, scope, row.get().request()));
        if (decision instanceof FeeDecision.Refused refused) {
            visit.flash(
                    Flash.Kind.WARNING,
                    refused.issues().stream()
                            .map(issue -> StaffDesk.text(visit, issue))
                            .collect(Collectors.joining(" ")));
            return Reply.seeOther("/fees/" + row.get().request().id());
        }
        visit.flash(Flash.Kind.SUCCESS, visit.text("fee.removed", row.get().request().number()));
        return Reply.seeOther("/fees");
    }

    /** The states in the order of the list's filter. */
    public static List<FeeRequest.State> states() {
        return Arrays.asList(FeeRequest.State.values());
    }
}
