package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import java.util.Objects;

/** Last durable record of a lane at the node; {@code seq} 0 and genesis when it has none. */
public record LaneHead(EpochId epoch, Lane lane, long seq, Digest hash) {
    public LaneHead {
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(lane);
        Objects.requireNonNull(hash);
        if (seq < 0 || seq > SeqRange.SEQ_MAX) {
            throw new IllegalArgumentException("not a sequence number");
        }
    }

    public LaneKey key() {
        return new LaneKey(epoch, lane);
    }
}
