package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.plan.Plan;

/**
 * Whether seats of the plan are already in the hands of rooms: answered by whoever publishes
 * packages. Such seats are not taken back.
 */
@FunctionalInterface
public interface SeatingUse {

    boolean isPublished(Tx tx, Plan plan);

    /** For a hub that publishes nothing. */
    static SeatingUse none() {
        return (tx, plan) -> false;
    }
}
