package io.invigil.site.room;

import io.invigil.protocol.fact.EpochId;
import io.invigil.site.room.core.LongMap;
import io.invigil.site.room.core.RoomState;

/**
 * What readers see: only what is durable. Immutable.
 *
 * @param results for each sitting the last record of its own in lane {@code res}
 */
public record RoomView(RoomState state, LongMap<ResultMark> results) {

    /** A record of lane {@code res}. */
    public record ResultMark(EpochId epoch, long seq) {}
}
