package io.invigil.hub.latechange;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import java.util.HashMap;
import java.util.Map;

/** The list of late changes of a plan, each with what is registered. Thread-safe. */
public final class LateChangePages implements HttpService {
    private final PlanDesk desk;
    private final LateChanges changes;

    public LateChangePages(PlanDesk desk, LateChanges changes) {
        this.desk = desk;
        this.changes = changes;
    }

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
        view.put("changes", desk.desk().inTransaction(tx -> changes.ofPlan(tx, scope, plan)));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("latechange.title")),
                desk.desk().content("latechange/list.jte", view));
    }

    private Reply decide(Visit visit, StaffScope scope, Plan plan) {
        RoomChange.Verdict verdict =
                visit.form().text("decision").equals("accept")
                        ? RoomChange.Verdict.ACCEPTED
                        : RoomChange.Verdict.REJECTED;
        ChangeDecision outcome =
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
                                                visit.form().text("name")));
        if (outcome == ChangeDecision.CHANGE_UNKNOWN) {
            return Reply.notFound();
        }
        visit.flash(
                outcome == ChangeDecision.DONE ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                visit.texts().of("latechange.outcome", outcome));
        return Reply.seeOther(path(plan));
    }
}
