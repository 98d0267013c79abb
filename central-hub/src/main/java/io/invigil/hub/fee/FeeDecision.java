package io.invigil.hub.fee;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;
import java.util.Map;

/** What became of a fee request. */
public sealed interface FeeDecision {

    record Made(FeeRequest request) implements FeeDecision {}

    /**
     * @param numbers confirmed now
     * @param refused the other numbers, each with its reason
     */
    record Confirmed(List<String> numbers, Map<String, FieldIssue> refused) implements FeeDecision {
        public Confirmed {
            numbers = List.copyOf(numbers);
        }
    }

    record Removed() implements FeeDecision {}

    /** Nothing was changed. */
    record Refused(List<FieldIssue> issues) implements FeeDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
