package io.invigil.hub.report;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A school's list of its reports; the province's overview of who has not reported. Thread-safe. */
public final class ReportListPages implements HttpService {
    private static final int PERIODS_SHOWN = 60;
    private static final String PERIOD = "period";
    private static final String STATE = "state";
    private static final String MISSING = "MISSING";

    private final StaffDesk desk;
    private final Reports reports;

    public ReportListPages(StaffDesk desk, Reports reports) {
        this.desk = desk;
        this.reports = reports;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole province = StaffRole.PROVINCE_STAFF;
        rules.get("/reports", desk.page(this::list, StaffRole.SCHOOL_CLERK, province))
                .post("/reports/export", desk.page(this::export, province))
                .post("/reports/rhythm", desk.page(this::rhythm, province));
    }

    private Reply list(Visit visit, StaffScope scope) {
        return scope.role() == StaffRole.SCHOOL_CLERK ? own(visit, scope) : all(visit, scope);
    }

    private Reply own(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, STATE);
        Optional<Report.State> state = query.choice(STATE, Report.State.class);
        List<Report> rows =
                desk.inTransaction(tx -> reports.own(tx, scope)).stream()
                        .filter(report -> state.map(report.state()::equals).orElse(true))
                        .toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", rows);
        view.put("state", state);
        view.put("current", desk.inTransaction(tx -> reports.current(tx, scope)));
        return Reply.page(
                Page.titled(visit.text("report.nav")), desk.content("report/own.jte", view));
    }

    private record Asked(List<Period> periods, Period period, List<Reports.Reporting> rows) {}

    private Asked asked(StaffScope scope, ListQuery query) {
        return desk.inTransaction(
                tx -> {
                    List<Period> periods = reports.recent(tx, scope, PERIODS_SHOWN);
                    Period period =
                            periods.stream()
                                    .filter(
                                            one ->
                                                    one.firstDay()
                                                            .toString()
                                                            .equals(query.text(PERIOD)))
                                    .findFirst()
                                    .orElse(periods.getFirst());
                    List<Reports.Reporting> rows =
                            reports.overview(tx, scope, period).stream()
                                    .filter(row -> fits(row, query.text(STATE)))
                                    .toList();
                    return new Asked(periods, period, rows);
                });
    }

    /** A draft is nobody's business but the school's: to the province it is not reported. */
    private static boolean fits(Reports.Reporting row, String state) {
        return state.isEmpty() || state(row).equals(state);
    }

    /** Name of the state as the province sees it. */
    public static String state(Reports.Reporting row) {
        return row.isReported() ? row.report().orElseThrow().state().name() : MISSING;
    }

    private Reply all(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, PERIOD, STATE);
        Asked asked = asked(scope, query);
        List<Reports.Reporting> shown =
                asked.rows().stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("periods", asked.periods());
        view.put("period", asked.period());
        view.put("state", query.text(STATE));
        view.put("rows", shown);
        view.put(
                "missing", asked.rows().stream().filter(row -> state(row).equals(MISSING)).count());
        view.put("rhythms", desk.inTransaction(tx -> reports.rhythms(tx, scope)));
        view.put("list", new ListView(query, "/reports", asked.rows().size(), shown.size(), true));
        return Reply.page(
                Page.titled(visit.text("report.nav")).module("hub/listing.js"),
                desk.content("report/all.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, PERIOD, STATE);
        Asked asked = asked(scope, query);
        List<Reports.Reporting> rows =
                asked.rows().stream()
                        .filter(
                                row ->
                                        !query.hasTicks()
                                                || query.ticked()
                                                        .contains(row.school().id().value()))
                        .toList();
        return new ListSheet<Reports.Reporting>("周报")
                .numbered("序号")
                .column("周报周期", 24, row -> asked.period().chinese())
                .column("提交院校", 36, row -> row.school().name())
                .column("所在地区", 24, row -> row.school().region())
                .column("审核状态", 14, ReportListPages::chinese)
                .column("工作进展", 60, row -> text(row, Report.Content::progress))
                .column("存在困难", 60, row -> text(row, Report.Content::difficulties))
                .column("政策建议", 60, row -> text(row, Report.Content::suggestions))
                .reply(rows);
    }

    private static String text(
            Reports.Reporting row, java.util.function.Function<Report.Content, String> of) {
        return row.isReported() ? of.apply(row.report().orElseThrow().content()) : "";
    }

    private static String chinese(Reports.Reporting row) {
        if (!row.isReported()) {
            return "未填报";
        }
        return switch (row.report().orElseThrow().state()) {
            case DRAFT -> "未提交";
            case PENDING -> "待审核";
            case APPROVED -> "通过";
            case RETURNED -> "审核退回";
        };
    }

    private Reply rhythm(Visit visit, StaffScope scope) {
        Optional<Rhythm> rhythm =
                Arrays.stream(Rhythm.values())
                        .filter(one -> one.name().equals(visit.form().text("rhythm")))
                        .findFirst();
        Optional<LocalDate> from = visit.form().date("from");
        List<FieldIssue> issues =
                rhythm.isEmpty() || from.isEmpty()
                        ? List.of(FieldIssue.of("from", ReportRefusal.REPORT_RHYTHM_IN_THE_PAST))
                        : desk.inTransaction(
                                tx -> reports.setRhythm(tx, scope, from.get(), rhythm.get()));
        if (issues.isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("report.rhythm.saved"));
        } else {
            visit.flash(Flash.Kind.WARNING, StaffDesk.text(visit, issues.getFirst()));
        }
        return Reply.seeOther("/reports");
    }
}
