package io.invigil.hub.staffing;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who proctors where in a plan: one by one, in bulk, as a list with export. Thread-safe. */
public final class AssignmentPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Assignments assignments;
    private final RoomRows rows;

    public AssignmentPages(PlanDesk plans, Assignments assignments) {
        this.plans = plans;
        this.desk = plans.desk();
        this.assignments = assignments;
        this.rows = new RoomRows(assignments);
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole body = StaffRole.BODY_STAFF;
        String base = "/plans/{plan}/proctors";
        rules.get(base, plans.page(this::list))
                .post(base + "/export", plans.page(this::export))
                .post(base + "/bulk", plans.page(this::bulk, body, clerk))
                .post(base + "/policy", plans.page(this::policy, body))
                .get(base + "/{slot}/{room}", plans.page(this::room, body, clerk))
                .post(base + "/{slot}/{room}", plans.page(this::assign, body, clerk));
    }

    private static String base(Plan plan) {
        return PlanDesk.path(plan) + "/proctors";
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.of(visit);
        Map<String, Object> view = new HashMap<>();
        List<Staffed> all = desk.inTransaction(tx -> assignments.rooms(tx, scope, plan));
        List<Staffed> rows =
                all.stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        desk.inTransaction(
                tx -> {
                    view.put("mayAssign", assignments.mayAssign(tx, scope, plan));
                    view.put("onlyBody", assignments.onlyBodyAssigns(tx, plan));
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("rows", rows);
        view.put("body", scope.mayRunPlansOf(plan.body()));
        view.put("open", all.stream().filter(one -> !one.isComplete()).count());
        view.put("list", new ListView(query, base(plan), all.size(), rows.size(), true));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("staffing.assign.nav"))
                        .module("hub/listing.js"),
                desk.content("staffing/rooms.jte", view));
    }

    /** 批量导出考场编排记录, with the columns of the source. */
    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        return RoomRows.sheet()
                .reply(desk.inTransaction(tx -> rows.of(tx, scope, plan, ListQuery.of(visit))));
    }

    private Reply bulk(Visit visit, StaffScope scope, Plan plan) {
        Assignments.Bulk done = desk.inTransaction(tx -> assignments.assignAll(tx, scope, plan));
        visit.flash(
                done.unfilled().isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                visit.text("staffing.bulk.done", done.assigned(), done.unfilled().size()));
        return Reply.seeOther(base(plan));
    }

    private Reply policy(Visit visit, StaffScope scope, Plan plan) {
        boolean only = visit.form().ticked("onlyBody");
        desk.inTransaction(tx -> assignments.setOnlyBodyAssigns(tx, scope, plan, only));
        visit.flash(Flash.Kind.SUCCESS, visit.text("staffing.saved"));
        return Reply.seeOther(base(plan));
    }

    private Optional<Staffed> find(Visit visit, StaffScope scope, Plan plan) {
        long slot = visit.pathNumber("slot");
        long room = visit.pathNumber("room");
        return desk.inTransaction(tx -> assignments.rooms(tx, scope, plan)).stream()
                .filter(
                        one ->
                                one.session().slot().id().value() == slot
                                        && one.session().room().id().value() == room)
                .findFirst();
    }

    private Reply room(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(one -> room(visit, scope, plan, one, List.of()))
                .orElseGet(Reply::notFound);
    }

    private Reply room(
            Visit visit, StaffScope scope, Plan plan, Staffed room, List<FieldIssue> issues) {
        FormErrors errors = StaffDesk.errors(visit, issues);
        Map<Duty, List<Proctor>> eligible = new EnumMap<>(Duty.class);
        for (Duty duty : Duty.values()) {
            eligible.put(
                    duty,
                    desk.inTransaction(tx -> assignments.eligible(tx, scope, plan, room, duty)));
        }
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("room", room);
        view.put("eligible", eligible);
        view.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, room.session().room().name())
                        .under(visit.text("staffing.assign.nav"), base(plan))
                        .errors(errors.list()),
                desk.content("staffing/room.jte", view));
    }

    private Reply assign(Visit visit, StaffScope scope, Plan plan) {
        Optional<Staffed> room = find(visit, scope, plan);
        if (room.isEmpty()) {
            return Reply.notFound();
        }
        Map<Duty, List<ProctorId>> wanted = new EnumMap<>(Duty.class);
        for (Duty duty : Duty.values()) {
            wanted.put(
                    duty,
                    visit.form().numbers(duty.name()).stream()
                            .filter(id -> id > 0)
                            .map(ProctorId::new)
                            .toList());
        }
        return switch (desk.inTransaction(
                tx -> assignments.assign(tx, scope, plan, room.get(), wanted))) {
            case StaffingDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("staffing.saved"));
                yield Reply.seeOther(base(plan));
            }
            case StaffingDecision.Refused refused ->
                    room(visit, scope, plan, room.get(), refused.issues()).status(422);
        };
    }
}
