package io.invigil.hub.lockdown;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.PageRules;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import java.time.Clock;
import java.util.Optional;

/** The rules of a plan's test pages: read by whoever packs, changed by the body. Thread-safe. */
public final class PlanPageRules {
    private final PageRulesStore store = new PageRulesStore();
    private final Audit audit = new Audit();

    /** What became of a change. */
    public sealed interface Decision {
        record Saved() implements Decision {}

        record Refused(Code code) implements Decision {}
    }

    /** Stable codes. */
    public enum Code {
        PAGE_RULES_NOT_ALLOWED,
        PAGE_RULES_EXAM_OVER
    }

    /** The rules in force; a plan that says nothing records leaving as its policy says. */
    public PageRules of(Tx tx, Plan plan) {
        Optional<PageRules> kept = store.find(tx, plan.tenant(), plan.id());
        return kept.orElse(plan.policy().recordFocusLoss() ? PageRules.RECORDED : PageRules.NONE);
    }

    /** Changes the rules for packages that are built from now on. */
    public Decision save(Tx tx, StaffScope scope, Plan plan, PageRules rules, Clock clock) {
        if (!scope.mayRunPlansOf(plan.body()) || !scope.tenant().equals(plan.tenant())) {
            return new Decision.Refused(Code.PAGE_RULES_NOT_ALLOWED);
        }
        if (plan.windows().of(PlanStage.EXAM).isOver(clock.instant())) {
            return new Decision.Refused(Code.PAGE_RULES_EXAM_OVER);
        }
        PageRules before = of(tx, plan);
        store.put(tx, plan.tenant(), plan.id(), rules, scope.login(), clock.instant());
        audit.changed(tx, scope.actor(), "page-rules", plan.id().value(), before, rules);
        return new Decision.Saved();
    }
}
