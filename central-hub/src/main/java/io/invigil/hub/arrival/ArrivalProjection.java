package io.invigil.hub.arrival;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;

/** What rooms say to claims of the portal. Idempotent. */
public final class ArrivalProjection implements FactProjection {
    private final ArrivalStore store = new ArrivalStore();

    @Override
    public String name() {
        return "portal-arrivals";
    }

    @Override
    public void apply(Tx tx, IngestedFact fact) {
        fact.room()
                .filter(stamped -> stamped.fact() instanceof ProctorFact.PortalAnswered)
                .ifPresent(
                        stamped ->
                                store.answered(
                                        tx, fact, (ProctorFact.PortalAnswered) stamped.fact()));
    }
}
