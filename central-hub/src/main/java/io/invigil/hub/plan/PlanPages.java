package io.invigil.hub.plan;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans: list, task list, form. Thread-safe. */
public final class PlanPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final ZoneId zone;
    private final List<PlanTasks> tasks;
    private final Plans rules = new Plans();
    private final Organisations organisations = new Organisations();

    /**
     * @param zone in which new plans are entered
     * @param tasks lines of the task list, in their order
     */
    public PlanPages(PlanDesk plans, ZoneId zone, List<PlanTasks> tasks) {
        this.plans = plans;
        this.desk = plans.desk();
        this.zone = zone;
        this.tasks = List.copyOf(tasks);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans", desk.page(this::list))
                .get("/plans/new", desk.page(this::blank, StaffRole.BODY_STAFF))
                .post("/plans/new", desk.page(this::add, StaffRole.BODY_STAFF))
                .get("/plans/{plan}", plans.page(this::show))
                .get("/plans/{plan}/edit", plans.page(this::edit, StaffRole.BODY_STAFF))
                .post("/plans/{plan}/edit", plans.page(this::change, StaffRole.BODY_STAFF));
    }

    private Reply list(Visit visit, StaffScope scope) {
        List<PlanRow> rows =
                desk.inTransaction(tx -> rules.visible(tx, scope)).stream()
                        .map(plan -> PlanRow.of(visit, plan))
                        .toList();
        return Reply.page(
                Page.titled(visit.text("plan.nav")),
                desk.content(
                        "plan/list.jte", Map.of("visit", visit, "rows", rows, "scope", scope)));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        List<PlanTask> lines =
                desk.inTransaction(
                        tx -> {
                            List<PlanTask> all = new ArrayList<>();
                            tasks.forEach(source -> all.addAll(source.of(tx, visit, scope, plan)));
                            return all;
                        });
        String body =
                desk.inTransaction(tx -> organisations.find(tx, plan.tenant(), plan.body()))
                        .map(Organisation::name)
                        .orElse("");
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("plan", plan);
        view.put("body", body);
        view.put("row", PlanRow.of(visit, plan));
        view.put("tasks", lines);
        return Reply.page(
                Page.titled(plan.name()).under(visit.text("plan.nav"), "/plans"),
                desk.content("plan/show.jte", view));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, scope, "/plans/new", PlanForm.blank(), new FormErrors());
    }

    private Reply add(Visit visit, StaffScope scope) {
        return switch (PlanForm.read(visit.form(), zone)) {
            case PlanForm.Reading.Unreadable unreadable ->
                    refused(visit, scope, "/plans/new", unreadable.issues());
            case PlanForm.Reading.Read read ->
                    answer(
                            visit,
                            scope,
                            "/plans/new",
                            desk.inTransaction(tx -> rules.add(tx, scope, read.draft())));
        };
    }

    private Reply edit(Visit visit, StaffScope scope, Plan plan) {
        return form(
                visit,
                scope,
                PlanDesk.path(plan) + "/edit",
                RecordVersion.opened(PlanForm.of(plan), plan),
                new FormErrors());
    }

    private Reply change(Visit visit, StaffScope scope, Plan plan) {
        String action = PlanDesk.path(plan) + "/edit";
        Entered sent = settled(visit, plan);
        String version = sent.text(RecordVersion.FIELD);
        return switch (PlanForm.read(Form.of(sent.fields()), plan.zone())) {
            case PlanForm.Reading.Unreadable unreadable ->
                    refused(visit, scope, action, unreadable.issues());
            case PlanForm.Reading.Read read ->
                    answer(
                            visit,
                            scope,
                            action,
                            desk.inTransaction(
                                    tx -> rules.change(tx, scope, plan, read.draft(), version)));
        };
    }

    private Reply answer(Visit visit, StaffScope scope, String action, PlanDecision decision) {
        return switch (decision) {
            case PlanDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("plan.saved"));
                yield Reply.seeOther("/plans/" + saved.plan());
            }
            case PlanDecision.Refused refused ->
                    meanwhile(visit, scope, refused)
                            .map(now -> conflict(visit, scope, action, now, refused.issues()))
                            .orElseGet(() -> refused(visit, scope, action, refused.issues()));
        };
    }

    /** The plan as it is now, when it was changed since the form was filled. */
    private Optional<Plan> meanwhile(Visit visit, StaffScope scope, PlanDecision.Refused refused) {
        boolean changed =
                refused.issues().stream()
                        .anyMatch(one -> one.code().equals("PLAN_CHANGED_MEANWHILE"));
        if (!changed) {
            return Optional.empty();
        }
        PlanId id = new PlanId(visit.pathNumber("plan"));
        return desk.inTransaction(tx -> rules.findVisible(tx, scope, id));
    }

    /** What was sent, with what the sender chose of another's version. */
    private static Entered settled(Visit visit, Plan plan) {
        return RecordVersion.settled(new Entered(visit.form().fields()), PlanForm.of(plan));
    }

    /** The second of two editors sees both versions and may save again, knowing. */
    private Reply conflict(
            Visit visit, StaffScope scope, String action, Plan now, List<FieldIssue> issues) {
        Entered stored = PlanForm.of(now);
        Entered sent = settled(visit, now);
        List<RecordVersion.Difference> differences =
                RecordVersion.differences(stored, sent).stream()
                        .map(one -> PlanForm.named(visit, one))
                        .toList();
        FormErrors errors = StaffDesk.errors(visit, issues);
        Entered again = RecordVersion.versioned(sent, stored, now);
        return form(visit, scope, action, again, errors, differences).status(409);
    }

    private Reply refused(Visit visit, StaffScope scope, String action, List<FieldIssue> issues) {
        Entered sent = new Entered(visit.form().fields());
        return form(visit, scope, action, sent, StaffDesk.errors(visit, issues)).status(422);
    }

    private Reply form(
            Visit visit, StaffScope scope, String action, Entered entered, FormErrors errors) {
        return form(visit, scope, action, entered, errors, List.of());
    }

    private Reply form(
            Visit visit,
            StaffScope scope,
            String action,
            Entered entered,
            FormErrors errors,
            List<RecordVersion.Difference> differences) {
        List<Organisation> schools =
                desk.inTransaction(
                        tx -> organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("action", action);
        view.put("entered", entered);
        view.put("errors", errors);
        view.put("differences", differences);
        view.put("schools", schools);
        String title = visit.text(action.equals("/plans/new") ? "plan.new" : "plan.edit");
        return Reply.page(
                Page.titled(title)
                        .width(Page.Width.NARROW)
                        .under(visit.text("plan.nav"), "/plans")
                        .errors(errors.list()),
                desk.content("plan/form.jte", view));
    }
}
