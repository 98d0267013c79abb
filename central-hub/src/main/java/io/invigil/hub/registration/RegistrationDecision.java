package io.invigil.hub.registration;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import java.util.List;
import java.util.Map;

/** What became of registering, or of removing registrations. */
public sealed interface RegistrationDecision {

    /**
     * @param done candidates registered, or removed
     * @param refused the others, each with its reason
     */
    record Carried(List<CandidateId> done, Map<CandidateId, FieldIssue> refused)
            implements RegistrationDecision {
        public Carried {
            done = List.copyOf(done);
            refused = Map.copyOf(refused);
        }
    }

    /** Nobody was registered. */
    record Refused(List<FieldIssue> issues) implements RegistrationDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
