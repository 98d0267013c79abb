package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
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
        fact.room().ifPresent(stamped -> apply(tx, fact, stamped));
    }

    private void apply(Tx tx, IngestedFact fact, StampedFact stamped) {
        switch (stamped.fact()) {
            case ProctorFact.LateChange change -> store.add(tx, fact, change, stamped.stamp());
            // in the lane of its change, after it
            case ProctorFact.StandInOpened opened -> store.opened(tx, fact, opened);
            case RoomFact other -> {
                // not of the door
            }
        }
    }
}
