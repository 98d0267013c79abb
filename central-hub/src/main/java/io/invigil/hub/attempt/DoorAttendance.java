package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import java.util.List;

/**
 * Ties what a room said of somebody who was not on its list to the sitting that the centre entered
 * for them afterwards: from then on the sitting was attended. The fact stays where it is in the
 * node's ledger, so tying it twice is tying it once. Stateless.
 */
public final class DoorAttendance {
    private static final String KIND = "late-change";

    private final AttemptStore store = new AttemptStore();

    /**
     * @param json the fact as the node wrote it: a late change of the kind EXTRA_CANDIDATE that
     *     names no sitting
     */
    public void tie(Tx tx, LedgerPlace place, byte[] json, long sitting) {
        store.addEvents(tx, List.of(new AttemptStore.Event(place, KIND, json, sitting)));
        store.put(
                tx,
                place.tenant(),
                AttemptReducer.attempt(
                        sitting, store.eventsOfSitting(tx, place.tenant(), sitting)));
    }
}
