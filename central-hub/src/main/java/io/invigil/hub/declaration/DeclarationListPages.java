package io.invigil.hub.declaration;

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
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Declarations of a year: list, export, approval of ticked ones, the year's window. Thread-safe.
 */
public final class DeclarationListPages implements HttpService {
    static final String PATH = "/declarations";
    private static final String[] FIELDS = {"year", "state", "q"};

    private final StaffDesk desk;
    private final Declarations declarations;
    private final DeclarationYears years;

    public DeclarationListPages(StaffDesk desk, Declarations declarations, DeclarationYears years) {
        this.desk = desk;
        this.declarations = declarations;
        this.years = years;
    }

    /** Everyone who may read declarations. */
    static StaffRole[] readers() {
        return new StaffRole[] {
            StaffRole.SCHOOL_CLERK,
            StaffRole.PROVINCE_STAFF,
            StaffRole.BODY_STAFF,
            StaffRole.AUTHORITY_READER
        };
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole province = StaffRole.PROVINCE_STAFF;
        rules.get(PATH, desk.page(this::list, readers()))
                .post(PATH + "/export", desk.page(this::export, readers()))
                .post(PATH + "/approve", desk.page(this::approveTicked, province))
                .post(PATH + "/years", desk.page(this::open, province));
    }

    private int year(ListQuery query) {
        return query.number("year")
                .filter(number -> number < 10_000)
                .map(Long::intValue)
                .orElseGet(years::current);
    }

    private List<Declarations.Listed> found(StaffScope scope, ListQuery query) {
        String text = query.text("q").strip();
        String state = query.text("state");
        return desk.inTransaction(tx -> declarations.visible(tx, scope, year(query))).stream()
                .filter(one -> state.isEmpty() || one.declaration().state().name().equals(state))
                .filter(one -> text.isEmpty() || says(one, text))
                .toList();
    }

    private static boolean says(Declarations.Listed one, String text) {
        Declaration.Content content = one.declaration().content();
        return one.school().name().contains(text)
                || content.name().contains(text)
                || content.certificate().equals(text);
    }

    private Reply list(Visit visit, StaffScope scope) {
        return list(visit, scope, Entered.empty(), new FormErrors());
    }

    private Reply list(Visit visit, StaffScope scope, Entered entered, FormErrors errors) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        List<Declarations.Listed> all = found(scope, query);
        List<Declarations.Listed> rows =
                all.stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        List<DeclarationYear> opened = desk.inTransaction(tx -> years.visible(tx, scope));
        TreeSet<Integer> known = new TreeSet<>(List.of(year(query), years.current()));
        opened.forEach(one -> known.add(one.year()));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("year", year(query));
        view.put("years", known.descendingSet().stream().toList());
        view.put("opened", opened);
        view.put("zone", years.zone());
        view.put("query", query);
        view.put("rows", rows);
        view.put("entered", entered);
        view.put("errors", errors);
        view.put("list", new ListView(query, PATH, all.size(), rows.size(), true));
        return Reply.page(
                Page.titled(visit.text("declaration.nav"))
                        .module("hub/listing.js")
                        .errors(errors.list()),
                desk.content("declaration/list.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        List<Declarations.Listed> rows =
                found(scope, query).stream()
                        .filter(one -> !query.hasTicks() || ticked(query, one))
                        .toList();
        return new ListSheet<Declarations.Listed>("证书申报")
                .numbered("序号")
                .column("申报年度", 10, one -> "" + one.declaration().year())
                .column("申报院校", 36, one -> one.school().name())
                .column("所在地区", 24, one -> one.school().region())
                .column("证书编号", 16, one -> one.declaration().content().certificate())
                .column("申报证书", 40, one -> one.declaration().content().name())
                .column("试点专业", 40, one -> one.declaration().content().majors())
                .column("计划考证人数", 14, one -> "" + one.declaration().content().candidates())
                .column("审核状态", 14, DeclarationListPages::chinese)
                .reply(rows);
    }

    private static boolean ticked(ListQuery query, Declarations.Listed one) {
        return query.ticked().contains(one.declaration().id().value());
    }

    private static String chinese(Declarations.Listed one) {
        return switch (one.declaration().state()) {
            case DRAFT -> "未提交";
            case PENDING -> "待审核";
            case APPROVED -> "通过";
            case RETURNED -> "审核退回";
        };
    }

    /** Approves what is pending among the ticked rows; the others stay as they are. */
    private Reply approveTicked(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        List<Declaration> pending =
                found(scope, query).stream()
                        .filter(one -> ticked(query, one))
                        .map(Declarations.Listed::declaration)
                        .filter(one -> one.state() == Declaration.State.PENDING)
                        .toList();
        long done =
                desk.inTransaction(
                        tx ->
                                pending.stream()
                                        .map(one -> declarations.approve(tx, scope, one))
                                        .filter(DeclarationDecision.Saved.class::isInstance)
                                        .count());
        visit.flash(
                done > 0 ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                visit.text("declaration.approved", done));
        return Reply.seeOther(PATH + "?year=" + year(query));
    }

    private Reply open(Visit visit, StaffScope scope) {
        int year = visit.form().number("year").filter(n -> n < 10_000).orElse(0L).intValue();
        List<FieldIssue> issues =
                desk.inTransaction(
                        tx ->
                                years.open(
                                        tx,
                                        scope,
                                        year,
                                        visit.form().date("first"),
                                        visit.form().date("last")));
        if (issues.isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("declaration.year.opened", "" + year));
            return Reply.seeOther(PATH + "?year=" + year);
        }
        Entered sent = new Entered(visit.form().fields());
        return list(visit, scope, sent, StaffDesk.errors(visit, issues)).status(422);
    }
}
