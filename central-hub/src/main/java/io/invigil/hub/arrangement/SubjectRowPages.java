package io.invigil.hub.arrangement;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** 考点编排 (source 004 section 5.2.8.1): subjects and how far they are, with export. Thread-safe. */
public final class SubjectRowPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final SubjectRows rows = new SubjectRows();

    public SubjectRowPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/arranged-subjects", plans.page(this::list))
                .post("/plans/{plan}/arranged-subjects/export", plans.page(this::export));
    }

    /** What the page shows of one subject. */
    public record Line(
            long id,
            String number,
            String name,
            String certificate,
            ExamMode mode,
            int registered,
            List<String> times,
            int seats,
            int arranged,
            SubjectStage stage) {}

    private List<SubjectRows.Row> rows(Visit visit, StaffScope scope, Plan plan) {
        return desk.inTransaction(tx -> rows.of(tx, scope, plan, visit.now()));
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        List<Line> lines =
                rows(visit, scope, plan).stream()
                        .map(
                                row ->
                                        new Line(
                                                row.subject().id().value(),
                                                row.subject().number(),
                                                row.subject().name(),
                                                row.level().name(),
                                                row.subject().mode(),
                                                row.registered(),
                                                row.times(),
                                                row.seats(),
                                                row.arranged(),
                                                row.stage()))
                        .toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", lines);
        view.put(
                "list",
                new ListView(
                        ListQuery.of(visit),
                        PlanDesk.path(plan) + "/arranged-subjects",
                        lines.size(),
                        lines.size(),
                        true));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("arrangement.by-subject"))
                        .under(visit.text("arrangement.nav"), PlanDesk.path(plan) + "/arrangement")
                        .module("hub/listing.js"),
                desk.content("arrangement/subjects.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit);
        return SubjectRows.sheet()
                .reply(
                        rows(visit, scope, plan).stream()
                                .filter(row -> query.keeps(row.subject().id().value()))
                                .toList());
    }
}
