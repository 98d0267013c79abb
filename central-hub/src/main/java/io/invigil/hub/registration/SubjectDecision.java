package io.invigil.hub.registration;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;
import java.util.Map;

/** What became of registering by subject, or of removing registered subjects. */
public sealed interface SubjectDecision {

    /**
     * @param done how many were registered or removed
     * @param refused the others by their place in the list, each with its reason
     */
    record Carried(int done, Map<Integer, FieldIssue> refused) implements SubjectDecision {
        public Carried {
            refused = Map.copyOf(refused);
        }
    }

    /** Nothing was changed. */
    record Refused(List<FieldIssue> issues) implements SubjectDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
