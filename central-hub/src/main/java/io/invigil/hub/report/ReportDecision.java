package io.invigil.hub.report;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of a step with a report. */
public sealed interface ReportDecision {
    record Saved(ReportId report) implements ReportDecision {}

    record Refused(List<FieldIssue> issues) implements ReportDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    static Refused refused(ReportRefusal code) {
        return new Refused(List.of(FieldIssue.of("", code)));
    }
}
