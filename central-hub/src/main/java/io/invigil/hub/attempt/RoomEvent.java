package io.invigil.hub.attempt;

import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.IngestedFact;

/**
 * A stored fact of a room with its place.
 *
 * @param position number in the node's ledger, ascending over its epochs
 */
record RoomEvent(String node, String epoch, long position, StampedFact fact) {

    static RoomEvent of(IngestedFact ingested, StampedFact fact) {
        return new RoomEvent(
                ingested.node().value(), ingested.epoch().hex(), ingested.position(), fact);
    }
}
