package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.segment.LaneTrail;
import io.invigil.protocol.ledger.segment.SegmentIdentity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The durable segments of one epoch, in order. Thread-safe. */
final class EpochLog {
    private final EpochId epoch;
    private final Optional<EpochId> parent;
    private final LedgerFacts.EpochOpened opened;
    private final Map<Lane, Digest> geneses = new EnumMap<>(Lane.class);
    private final List<StoredSegment> segments;

    /**
     * @param opened the fact that opened the epoch
     */
    EpochLog(
            SegmentIdentity identity,
            LedgerFacts.EpochOpened opened,
            List<StoredSegment> segments) {
        this.epoch = identity.epoch();
        this.parent = identity.parent();
        this.opened = opened;
        this.segments = new CopyOnWriteArrayList<>(segments);
        for (Lane lane : Lane.values()) {
            geneses.put(
                    lane,
                    FactRecord.genesis(
                            identity.suite(), identity.realm(), identity.node(), epoch, lane));
        }
    }

    EpochId epoch() {
        return epoch;
    }

    Optional<EpochId> parent() {
        return parent;
    }

    LedgerFacts.EpochOpened opened() {
        return opened;
    }

    List<StoredSegment> segments() {
        return segments;
    }

    void add(StoredSegment segment) {
        segments.add(segment);
    }

    long firstPosition() {
        return segments.isEmpty() ? 0 : segments.get(0).index().firstPosition();
    }

    long lastPosition() {
        return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).index().lastPosition();
    }

    LaneHead head(Lane lane) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            Optional<LaneTrail> trail = segments.get(i).index().trail(lane);
            if (trail.isPresent()) {
                return new LaneHead(trail.get().lastSeq(), trail.get().lastHash());
            }
        }
        return new LaneHead(0, geneses.get(lane));
    }

    Map<Lane, LaneHead> heads() {
        Map<Lane, LaneHead> heads = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            heads.put(lane, head(lane));
        }
        return heads;
    }

    EpochHeads heads(boolean parked) {
        return new EpochHeads(epoch, parent, parked, firstPosition(), lastPosition(), heads());
    }
}
