package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import java.util.Map;
import java.util.Optional;

/**
 * One epoch as far as it is durable.
 *
 * @param parent the epoch this one continues; empty for a ledger's first
 * @param parked whether it lies on a branch that lost against another (a device that ran alone):
 *     uploaded and kept, but not part of {@link Ledger#replay}
 * @param lastPosition position of the last record; positions rise strictly along the replayed
 *     branch but may jump between epochs
 * @param lanes a head for every lane
 */
public record EpochHeads(
        EpochId epoch,
        Optional<EpochId> parent,
        boolean parked,
        long firstPosition,
        long lastPosition,
        Map<Lane, LaneHead> lanes) {
    public EpochHeads {
        lanes = Map.copyOf(lanes);
    }
}
