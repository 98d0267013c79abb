package io.invigil.hub.plan;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.Map;

/** Copying a plan for the next exam. Thread-safe. */
public final class PlanCopyPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final PlanCopies copies = new PlanCopies();

    public PlanCopyPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/copy", plans.page(this::blank, StaffRole.BODY_STAFF))
                .post("/plans/{plan}/copy", plans.page(this::copy, StaffRole.BODY_STAFF));
    }

    private Reply blank(Visit visit, StaffScope scope, Plan plan) {
        Entered entered = new Entered.Builder().with("name", plan.name()).build();
        return form(visit, plan, entered, new FormErrors());
    }

    private Reply form(Visit visit, Plan plan, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("plan.copy"))
                        .width(Page.Width.NARROW)
                        .errors(errors.list()),
                desk.content("plan/copy.jte", view));
    }

    private Reply copy(Visit visit, StaffScope scope, Plan plan) {
        PlanDecision decision =
                desk.inTransaction(
                        tx ->
                                copies.copy(
                                        tx,
                                        scope,
                                        plan,
                                        visit.form().text("number"),
                                        visit.form().text("name"),
                                        visit.form().date("firstDay")));
        return switch (decision) {
            case PlanDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("plan.copied"));
                yield Reply.seeOther("/plans/" + saved.plan());
            }
            case PlanDecision.Refused refused ->
                    form(
                                    visit,
                                    plan,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }
}
