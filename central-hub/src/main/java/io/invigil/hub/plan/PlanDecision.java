package io.invigil.hub.plan;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of entering or changing a plan or a part of it. */
public sealed interface PlanDecision {

    record Saved(PlanId plan) implements PlanDecision {}

    /** Nothing was changed. */
    record Refused(List<FieldIssue> issues) implements PlanDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
