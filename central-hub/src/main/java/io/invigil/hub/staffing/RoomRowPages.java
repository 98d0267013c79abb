package io.invigil.hub.staffing;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** 考场编排 (source 004 section 5.2.8.2): rooms by slot, with filters and export. Thread-safe. */
public final class RoomRowPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Assignments assignments;
    private final RoomRows rows;
    private final PlanContent content = new PlanContent();

    public RoomRowPages(PlanDesk plans, Assignments assignments) {
        this.plans = plans;
        this.desk = plans.desk();
        this.assignments = assignments;
        this.rows = new RoomRows(assignments);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/arranged-rooms", plans.page(this::list))
                .post("/plans/{plan}/arranged-rooms/export", plans.page(this::export));
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.of(visit, RoomRows.FIELDS);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<RoomRows.Row> all = rows.of(tx, scope, plan, query);
                    List<RoomRows.Row> shown = ListView.page(query, all);
                    view.put("rows", shown);
                    view.put(
                            "list",
                            new ListView(
                                    query,
                                    PlanDesk.path(plan) + "/arranged-rooms",
                                    all.size(),
                                    shown.size(),
                                    true));
                    view.put(
                            "sites",
                            rows.of(tx, scope, plan, ListQuery.of(visit)).stream()
                                    .map(row -> row.session().site())
                                    .distinct()
                                    .toList());
                    view.put("slots", content.slots(tx, plan.tenant(), plan.id()));
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    view.put("subjects", content.subjects(tx, plan.tenant(), plan.id()));
                    view.put("mayAssign", assignments.mayAssign(tx, scope, plan));
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("staffing.by-room"))
                        .under(visit.text("arrangement.nav"), PlanDesk.path(plan) + "/arrangement")
                        .module("hub/listing.js")
                        .width(Page.Width.FULL),
                desk.content("staffing/arranged.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit, RoomRows.FIELDS);
        ListQuery filter = query.hasTicks() ? new ListQuery(Map.of(), 0, List.of()) : query;
        return RoomRows.sheet()
                .reply(
                        desk.inTransaction(tx -> rows.of(tx, scope, plan, filter)).stream()
                                .filter(row -> query.keeps(row.id()))
                                .toList());
    }
}
