package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the hub holds of one lane of one epoch: the row that is locked first.
 *
 * @param ackSeq stored without gaps from 1 to here
 * @param ackHash record hash at {@code ackSeq}; the lane's genesis at 0
 * @param r2Seq covered by a replica or verified backup up to here
 * @param appliedSeq handed to the projections up to here
 * @param forked two different records under one number: the lane stops (row 45)
 * @param ranges stored beyond gaps, ascending, apart
 */
public record LaneCursor(
        NodeId node,
        LaneKey key,
        long ackSeq,
        Digest ackHash,
        long r2Seq,
        long appliedSeq,
        boolean forked,
        List<StoredRange> ranges) {
    public LaneCursor {
        ranges = List.copyOf(ranges);
    }

    /** A lane of which nothing is stored. */
    public static LaneCursor empty(NodeId node, LaneKey key, Digest genesis) {
        return new LaneCursor(node, key, 0, genesis, 0, 0, false, List.of());
    }

    /** The cursor as receipts and Cursors state it. */
    public LaneAck ack() {
        return new LaneAck(
                key.epoch(),
                key.lane(),
                ackSeq,
                ackHash,
                r2Seq,
                ranges.stream().map(StoredRange::seqs).toList());
    }

    /** Whether any record between two numbers, both inclusive, is stored. */
    public boolean holdsAny(long first, long last) {
        return first <= ackSeq
                || ranges.stream().anyMatch(r -> r.first() <= last && r.last() >= first);
    }

    /** Missing ranges between the acknowledged part and the last one stored. */
    public List<SeqRange> gaps() {
        List<SeqRange> gaps = new ArrayList<>();
        long next = ackSeq + 1;
        for (StoredRange range : ranges) {
            gaps.add(new SeqRange(next, range.first() - 1));
            next = range.last() + 1;
        }
        return gaps;
    }

    /**
     * Adds a chain of records whose overlaps with stored ones were found equal. Links it with its
     * neighbours on both sides and moves {@code ackSeq} over every gap that is now closed.
     *
     * @return the new cursor; empty when a neighbour does not link: a fork
     */
    public Optional<LaneCursor> with(StoredRange added) {
        if (added.first() == ackSeq + 1 && !added.prevHash().equals(ackHash)) {
            return Optional.empty();
        }
        List<StoredRange> all = new ArrayList<>();
        StoredRange merged = added;
        for (StoredRange range : ranges) {
            if (range.last() + 1 < merged.first() || range.first() > merged.last() + 1) {
                all.add(range);
                continue;
            }
            Optional<StoredRange> joined = join(range, merged);
            if (joined.isEmpty()) {
                return Optional.empty();
            }
            merged = joined.get();
        }
        all.add(merged);
        all.sort(java.util.Comparator.comparingLong(StoredRange::first));
        return Optional.of(advance(all));
    }

    /** The same cursor, stopped. */
    public LaneCursor stopped() {
        return new LaneCursor(node, key, ackSeq, ackHash, r2Seq, appliedSeq, true, ranges);
    }

    public LaneCursor withR2(long seq) {
        long r2 = Math.max(r2Seq, Math.min(seq, ackSeq));
        return new LaneCursor(node, key, ackSeq, ackHash, r2, appliedSeq, forked, ranges);
    }

    public LaneCursor withApplied(long seq) {
        return new LaneCursor(node, key, ackSeq, ackHash, r2Seq, seq, forked, ranges);
    }

    private LaneCursor advance(List<StoredRange> all) {
        long seq = ackSeq;
        Digest hash = ackHash;
        List<StoredRange> rest = new ArrayList<>();
        for (StoredRange range : all) {
            if (range.first() > seq + 1) {
                rest.add(range);
            } else if (range.last() > seq) {
                seq = range.last();
                hash = range.lastHash();
            }
        }
        return new LaneCursor(node, key, seq, hash, r2Seq, appliedSeq, forked, rest);
    }

    /** Joins two ranges that touch or overlap; empty when they touch and do not link. */
    private static Optional<StoredRange> join(StoredRange one, StoredRange two) {
        StoredRange left = one.first() <= two.first() ? one : two;
        StoredRange right = left == one ? two : one;
        if (left.last() + 1 == right.first() && !right.prevHash().equals(left.lastHash())) {
            return Optional.empty();
        }
        StoredRange end = right.last() > left.last() ? right : left;
        return Optional.of(
                new StoredRange(left.first(), end.last(), left.prevHash(), end.lastHash()));
    }
}
