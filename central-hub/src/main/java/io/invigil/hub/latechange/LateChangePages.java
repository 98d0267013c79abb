package io.invigil.hub.latechange;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.staffing.ProctorId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of late changes of a plan, each with what is registered. Thread-safe. */
public final class LateChangePages implements HttpService {
    private final PlanDesk desk;
    private final LateChanges changes;
    private final ChangeChoices.Reading choices;

    public LateChangePages(PlanDesk desk, LateChanges changes, ChangeChoices.Reading choices) {
        this.desk = desk;
        this.changes = changes;
        this.choices = choices;
    }

    /** A change with what there is to choose from when it is accepted. */
    public record Line(RoomChange change, ChangeChoices choices) {}

    @Override
    public void routing(HttpRules rules) {
        rules
                // what rooms changed, those that wait first
                .get("/plans/{plan}/late-changes", desk.page(this::list))
                // accept or reject, with a reason
                .post(
                        "/plans/{plan}/late-changes/{node}/{id}",
                        desk.page(this::decide, StaffRole.BODY_STAFF));
    }

    private static String path(Plan plan) {
        return PlanDesk.path(plan) + "/late-changes";
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("path", path(plan));
        view.put("mayDecide", scope.mayRunPlansOf(plan.body()));
        view.put("lines", desk.desk().inTransaction(tx -> lines(tx, scope, plan)));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("latechange.title")),
                desk.desk().content("latechange/list.jte", view));
    }

    /** Changes of one room ask for the same choices: these are read once. */
    private List<Line> lines(Tx tx, StaffScope scope, Plan plan) {
        Map<Object, ChangeChoices> known = new HashMap<>();
        return changes.ofPlan(tx, scope, plan).stream()
                .map(
                        one -> {
                            Object like =
                                    List.of(one.place(), one.kind(), one.decision().isPresent());
                            return new Line(
                                    one,
                                    known.computeIfAbsent(
                                            like, key -> choices.of(tx, scope, plan, one)));
                        })
                .toList();
    }

    private static Corrected corrected(Form form) {
        return new Corrected(
                form.text("name"),
                form.text("person"),
                form.number("subject").filter(id -> id > 0).map(SubjectId::new),
                form.number("from").filter(id -> id > 0).map(RoomId::new),
                form.number("room").filter(id -> id > 0).map(RoomId::new),
                form.number("seat").filter(LateChangePages::isSeat).map(Long::intValue).orElse(0),
                form.number("replaces").filter(id -> id > 0).map(ProctorId::new),
                form.get("uncertified").isPresent());
    }

    private static boolean isSeat(long seat) {
        return seat > 0 && seat <= LateChangeDetails.SEAT_MAX;
    }

    private static String told(Visit visit, ChangeOutcome outcome) {
        return outcome.issue()
                .map(
                        issue ->
                                visit.text(
                                        "latechange.refused",
                                        visit.text("issue." + issue.code(), issue.detail())))
                .orElseGet(() -> visit.texts().of("latechange.outcome", outcome.decision()));
    }

    private Reply decide(Visit visit, StaffScope scope, Plan plan) {
        RoomChange.Verdict verdict =
                visit.form().text("decision").equals("accept")
                        ? RoomChange.Verdict.ACCEPTED
                        : RoomChange.Verdict.REJECTED;
        ChangeOutcome outcome =
                desk.desk()
                        .inTransaction(
                                tx ->
                                        changes.decide(
                                                tx,
                                                scope,
                                                plan,
                                                visit.path("node"),
                                                visit.path("id"),
                                                verdict,
                                                visit.form().text("reason"),
                                                corrected(visit.form())));
        if (outcome.decision() == ChangeDecision.CHANGE_UNKNOWN) {
            return Reply.notFound();
        }
        visit.flash(
                outcome.isDone() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING, told(visit, outcome));
        return Reply.seeOther(path(plan));
    }
}
