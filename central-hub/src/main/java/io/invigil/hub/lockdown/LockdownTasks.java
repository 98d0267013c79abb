package io.invigil.hub.lockdown;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanTask;
import io.invigil.hub.plan.PlanTasks;
import java.util.List;

/** The line of the test pages' rules in a plan's task list. */
public final class LockdownTasks implements PlanTasks {
    private final PlanPageRules rules = new PlanPageRules();

    @Override
    public List<PlanTask> of(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return List.of();
        }
        String leaving = visit.texts().of("pagerules.leaving", rules.of(tx, plan).leaving());
        return List.of(
                new PlanTask(
                        visit.text("pagerules.title"),
                        PlanDesk.path(plan) + "/page-rules",
                        PlanTask.Status.DONE,
                        leaving));
    }
}
