package io.invigil.protocol.receipt;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;

/** One lane of one epoch of a node. Ordered by priority of the lane, then epoch. */
public record LaneKey(EpochId epoch, Lane lane) implements Comparable<LaneKey> {
    @Override
    public int compareTo(LaneKey other) {
        int byLane = lane.compareTo(other.lane);
        return byLane != 0 ? byLane : epoch.compareTo(other.epoch);
    }

    @Override
    public String toString() {
        return epoch.hex().substring(0, 8) + "/" + lane.code();
    }
}
