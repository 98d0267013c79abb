package io.invigil.site.room;

import io.invigil.exam.room.StampedFact;
import io.invigil.site.room.core.RoomState;
import java.util.List;

/** Told of what is durable and published, in order, on one thread of the engine's. */
@FunctionalInterface
public interface RoomListener {

    /**
     * @param state a published state at least as new as the facts
     * @param facts in order
     * @param gap whether facts before these were left out, because the listener was too slow
     */
    void published(RoomState state, List<StampedFact> facts, boolean gap);
}
