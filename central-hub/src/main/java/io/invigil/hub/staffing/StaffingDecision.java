package io.invigil.hub.staffing;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of a change of proctors or assignments. */
public sealed interface StaffingDecision {
    record Saved(ProctorId proctor) implements StaffingDecision {}

    record Refused(List<FieldIssue> issues) implements StaffingDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    static Refused refused(String field, StaffingRefusal code, String detail) {
        return new Refused(List.of(FieldIssue.of(field, code, detail)));
    }

    static Refused refused(StaffingRefusal code) {
        return refused("", code, "");
    }
}
