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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The durable segments of one epoch, in order. Thread-safe. */
final class EpochLog {
    private final EpochId epoch;
    private final Optional<EpochId> parent;
    private final LedgerFacts.EpochOpened opened;
    private final Map<Lane, Digest> geneses = new EnumMap<>(Lane.class);
    private final List<StoredSegment> segments;
    private final Map<Lane, NavigableMap<Long, FactRecord>> restored = new EnumMap<>(Lane.class);
    private final NavigableMap<Long, FactRecord> restoredByPosition = new ConcurrentSkipListMap<>();
    private int restoredFiles;

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
            restored.put(lane, new ConcurrentSkipListMap<>());
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

    Digest genesis(Lane lane) {
        return geneses.get(lane);
    }

    /** Takes the records of one restored file. */
    synchronized void restore(List<FactRecord> records) {
        restoredFiles++;
        for (FactRecord record : records) {
            restored.get(record.lane()).put(record.seq(), record);
            restoredByPosition.put(record.position(), record);
        }
    }

    /** Number of the next restored file, from 1. */
    synchronized int nextRestoredFile() {
        if (restoredFiles == RestoredFile.FILES_MAX) {
            throw new LedgerUnavailable("an epoch has too many restored files");
        }
        return restoredFiles + 1;
    }

    /** Restored records of a lane by number; where a segment has the number, it counts. */
    NavigableMap<Long, FactRecord> restored(Lane lane) {
        return restored.get(lane);
    }

    NavigableMap<Long, FactRecord> restoredByPosition() {
        return restoredByPosition;
    }

    LaneHead head(Lane lane) {
        LaneHead stored = storedHead(lane);
        return Optional.ofNullable(restored.get(lane).lastEntry())
                .filter(last -> last.getKey() > stored.seq())
                .map(last -> new LaneHead(last.getKey(), last.getValue().hash()))
                .orElse(stored);
    }

    private LaneHead storedHead(Lane lane) {
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
