package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;

/** Keeps late changes of rooms. Idempotent by node and id. */
public final class LateChangeProjection implements FactProjection {
    private final LateChangeStore store = new LateChangeStore();

    @Override
    public String name() {
        return "late-changes";
    }

    @Override
    public void apply(Tx tx, IngestedFact fact) {
        fact.room()
                .filter(stamped -> stamped.fact() instanceof ProctorFact.LateChange)
                .ifPresent(
                        stamped ->
                                store.add(
                                        tx,
                                        fact,
                                        (ProctorFact.LateChange) stamped.fact(),
                                        stamped.stamp()));
    }
}
