package io.invigil.hub.latechange;

import io.invigil.hub.organisation.FieldIssue;
import java.util.Optional;

/**
 * What became of a decision, and where another feature's rule says no, that rule's own words.
 *
 * @param issue of the feature that refused
 */
public record ChangeOutcome(ChangeDecision decision, Optional<FieldIssue> issue) {

    static ChangeOutcome of(ChangeDecision decision) {
        return new ChangeOutcome(decision, Optional.empty());
    }

    static ChangeOutcome refused(FieldIssue issue) {
        return new ChangeOutcome(ChangeDecision.CHANGE_REFUSED, Optional.of(issue));
    }

    public boolean isDone() {
        return decision == ChangeDecision.DONE;
    }
}
