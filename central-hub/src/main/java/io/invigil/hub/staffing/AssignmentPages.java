package io.invigil.hub.staffing;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who proctors where in a plan: one by one, in bulk, as a list with export. Thread-safe. */
public final class AssignmentPages implements HttpService {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm");

    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Assignments assignments;
    private final PlanContent content = new PlanContent();
    private final Organisations organisations = new Organisations();

    public AssignmentPages(PlanDesk plans, Assignments assignments) {
        this.plans = plans;
        this.desk = plans.desk();
        this.assignments = assignments;
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
        List<Staffed> rows = desk.inTransaction(tx -> assignments.rooms(tx, scope, plan));
        Map<OrganisationId, Organisation> known = new HashMap<>();
        List<CertificateLevel> levels =
                desk.inTransaction(tx -> content.levels(tx, plan.tenant(), plan.id()));
        java.util.function.Function<OrganisationId, Organisation> named =
                id ->
                        known.computeIfAbsent(
                                id,
                                one ->
                                        desk.inTransaction(
                                                        tx ->
                                                                organisations.find(
                                                                        tx, plan.tenant(), one))
                                                .orElseThrow());
        return new ListSheet<Staffed>("考场编排记录")
                .column("考试计划", 30, row -> plan.name())
                .column("考场名称", 18, row -> row.session().room().name())
                .column("所属院校", 26, row -> named.apply(row.session().site().school()).name())
                .column("所在地区", 22, row -> row.session().site().region())
                .column("考核站点", 30, row -> row.session().site().name())
                .column("考试单位", 30, row -> named.apply(plan.body()).name())
                .column("考试证书", 40, row -> certificates(levels, row))
                .column("考试科目", 30, row -> String.join("、", row.session().bySubject().keySet()))
                .column("考试时间", 26, row -> time(plan, row))
                .column("排考人数", 10, row -> "" + row.session().seated())
                .column("监考人员姓名(编号)", 24, row -> proctor(row, 0).map(Proctor::titled).orElse(""))
                .column("监考人员姓名(编号)", 24, row -> proctor(row, 1).map(Proctor::titled).orElse(""))
                .column("监考人员所在区域(院校)", 40, row -> homes(named, row))
                .reply(rows);
    }

    private static Optional<Proctor> proctor(Staffed row, int at) {
        return row.of(Duty.PROCTOR).stream().skip(at).findFirst();
    }

    private static String homes(
            java.util.function.Function<OrganisationId, Organisation> named, Staffed row) {
        return row.of(Duty.PROCTOR).stream()
                .map(one -> named.apply(one.school()))
                .map(school -> school.region() + "(" + school.name() + ")")
                .distinct()
                .collect(Collectors.joining("、"));
    }

    private static String certificates(List<CertificateLevel> levels, Staffed row) {
        return levels.stream()
                .filter(
                        level ->
                                row.needs()
                                        .contains(
                                                new Qualification.Need(
                                                        level.number(), level.level())))
                .map(CertificateLevel::title)
                .distinct()
                .collect(Collectors.joining("、"));
    }

    private static String time(Plan plan, Staffed row) {
        ZonedDateTime from = row.session().slot().time().from().atZone(plan.zone());
        ZonedDateTime to = row.session().slot().time().to().atZone(plan.zone());
        return START.format(from) + "~" + END.format(to);
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
