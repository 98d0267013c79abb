package io.invigil.hub.centreword;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;

/** What rooms say of the centre's words: that they came, and who read them. Idempotent. */
public final class CentreWordProjection implements FactProjection {
    private final CentreWordStore store = new CentreWordStore();

    @Override
    public String name() {
        return "centre-words";
    }

    @Override
    public void apply(Tx tx, IngestedFact fact) {
        fact.room().ifPresent(stamped -> apply(tx, fact, stamped));
    }

    private void apply(Tx tx, IngestedFact fact, StampedFact stamped) {
        if (stamped.fact() instanceof ProctorFact.CentreTold told) {
            store.received(tx, fact, told.word(), told.exam());
        } else if (stamped.fact() instanceof ProctorFact.CentreRead read) {
            store.read(
                    tx, fact, read.word(), read.exam(), stamped.stamp().by(), stamped.stamp().at());
        }
    }
}
