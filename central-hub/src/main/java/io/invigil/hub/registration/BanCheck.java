package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.plan.Plan;
import java.util.Optional;

/**
 * Whether a candidate may not take exams now (domain, section 12): answered by whoever keeps the
 * violations.
 */
@FunctionalInterface
public interface BanCheck {

    /** Until when the candidate is banned from the plan's exam, in words; empty when not. */
    Optional<String> bannedUntil(Tx tx, Candidate candidate, Plan plan);

    /** For a hub that keeps no violations. */
    static BanCheck none() {
        return (tx, candidate, plan) -> Optional.empty();
    }
}
