package io.invigil.hub.sessionroom;

import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.pack.PackDecision;
import java.util.List;

/** What came of giving a session to a room server. */
public sealed interface HoldDecision {

    record Published(ExamPackage published) implements HoldDecision {}

    /** Nothing was kept. */
    record Refused(List<FieldIssue> issues) implements HoldDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    /** The choice is kept; its package could not be published. */
    record NotPublished(PackDecision.Refused refusal) implements HoldDecision {}
}
