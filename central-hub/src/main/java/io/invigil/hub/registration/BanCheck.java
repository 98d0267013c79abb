package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.Plan;
import java.util.Collection;
import java.util.Map;

/**
 * Who may not take exams now (domain, section 12): answered by whoever keeps the violations. Asked
 * at registration, for many candidates at once.
 */
@FunctionalInterface
public interface BanCheck {

    /** Of these candidates those who are banned from the plan's exam, each with until when. */
    Map<CandidateId, String> banned(Tx tx, Plan plan, Collection<CandidateId> candidates);

    /** For a hub that keeps no violations. */
    static BanCheck none() {
        return (tx, plan, candidates) -> Map.of();
    }
}
