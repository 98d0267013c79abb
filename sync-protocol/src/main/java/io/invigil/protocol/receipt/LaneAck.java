package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import java.util.List;
import java.util.Objects;

/**
 * What the hub holds of one lane.
 *
 * @param ackSeq everything from 1 to here is committed with synchronous flush (grade R1)
 * @param ackHash record hash at {@code ackSeq}, or the lane's genesis when it is 0
 * @param r2Seq everything from 1 to here is also in a replica or a verified backup (grade R2)
 * @param ranges further stored ranges beyond {@code ackSeq}, ascending and apart
 */
public record LaneAck(
        EpochId epoch, Lane lane, long ackSeq, Digest ackHash, long r2Seq, List<SeqRange> ranges) {
    public static final int RANGES_MAX = 64;

    public LaneAck {
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(lane);
        Objects.requireNonNull(ackHash);
        ranges = List.copyOf(ranges);
        if (ackSeq < 0 || ackSeq > SeqRange.SEQ_MAX || r2Seq < 0 || r2Seq > ackSeq) {
            throw new IllegalArgumentException("not a sequence number");
        }
        long previous = ackSeq;
        for (SeqRange range : ranges) {
            if (range.first() <= previous + 1) {
                throw new IllegalArgumentException("ranges are ascending and apart");
            }
            previous = range.last();
        }
        if (ranges.size() > RANGES_MAX) {
            throw new IllegalArgumentException("at most " + RANGES_MAX + " ranges");
        }
    }

    public LaneKey key() {
        return new LaneKey(epoch, lane);
    }
}
