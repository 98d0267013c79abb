package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Window;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Who may arrange, and when: the plan's body inside the arrangement window. Thread-safe. */
final class ArrangementRights {
    private final Clock clock;

    ArrangementRights(Clock clock) {
        this.clock = clock;
    }

    List<FieldIssue> issues(StaffScope scope, Plan plan) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!scope.mayRunPlansOf(plan.body())) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_NOT_ALLOWED));
        }
        if (!plan.isOpen(PlanStage.ARRANGEMENT, clock.instant())) {
            Window window = plan.windows().arrangement();
            String days = window.firstDay(plan.zone()) + " – " + window.lastDay(plan.zone());
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_WINDOW_CLOSED, days));
        }
        return issues;
    }
}
