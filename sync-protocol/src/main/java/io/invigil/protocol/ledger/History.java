package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.segment.LaneTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every durable record of the ledger and which of them the room continues. Thread-safe. */
final class History {

    /** An epoch of the main branch and the position up to which its records are continued. */
    record Stretch(EpochLog log, long upTo) {}

    private final List<EpochLog> epochs;
    private final List<Stretch> main;
    private final SegmentReading reading;

    History(List<EpochLog> epochs, List<Stretch> main, SegmentReading reading) {
        this.epochs = new CopyOnWriteArrayList<>(epochs);
        this.main = new CopyOnWriteArrayList<>(main);
        this.reading = reading;
    }

    /** Adds the epoch of this process at the end of the main branch. */
    void open(EpochLog log) {
        epochs.add(log);
        main.add(new Stretch(log, Long.MAX_VALUE));
    }

    List<EpochHeads> heads() {
        List<EpochHeads> heads = new ArrayList<>();
        for (EpochLog log : epochs) {
            boolean parked = main.stream().noneMatch(stretch -> stretch.log() == log);
            if (!log.segments().isEmpty()) {
                heads.add(log.heads(parked));
            }
        }
        return heads;
    }

    void replay(long fromPosition, FactVisitor visitor) {
        for (Stretch stretch : main) {
            for (StoredSegment segment : stretch.log().segments()) {
                if (segment.index().lastPosition() >= fromPosition
                        && !replay(segment, fromPosition, stretch.upTo(), visitor)) {
                    return;
                }
            }
        }
    }

    private boolean replay(StoredSegment segment, long from, long upTo, FactVisitor visitor) {
        return reading.batches(
                segment,
                segment.index().offsetOf(from),
                batch -> {
                    for (FactRecord record : batch.records()) {
                        boolean wanted = record.position() >= from && record.position() <= upTo;
                        if (wanted && !visitor.visit(record)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    List<FactRecord> read(EpochId epoch, Lane lane, long fromSeq, int maxRecords, int maxBytes) {
        Page page = new Page(lane, fromSeq, maxRecords, maxBytes);
        Optional<EpochLog> log = epochs.stream().filter(e -> e.epoch().equals(epoch)).findFirst();
        for (StoredSegment segment : log.map(EpochLog::segments).orElse(List.of())) {
            Optional<LaneTrail> trail = segment.index().trail(lane);
            if (trail.isEmpty() || trail.get().lastSeq() < fromSeq) {
                continue;
            }
            long start = Math.max(fromSeq, trail.get().firstSeq());
            boolean more =
                    reading.batches(
                            segment,
                            segment.index().offsetOf(lane, start),
                            batch -> page.take(batch.records(), trail.get().lastSeq()));
            if (!more && page.full) {
                break;
            }
        }
        return page.records;
    }

    /** Collects records of a lane until a limit is met. */
    private static final class Page {
        private final Lane lane;
        private final long fromSeq;
        private final int maxRecords;
        private final int maxBytes;
        private final List<FactRecord> records = new ArrayList<>();
        private long bytes;
        private boolean full;

        Page(Lane lane, long fromSeq, int maxRecords, int maxBytes) {
            this.lane = lane;
            this.fromSeq = fromSeq;
            this.maxRecords = Math.min(maxRecords, Ledger.READ_RECORDS_MAX);
            this.maxBytes = maxBytes;
        }

        /** Takes what fits; returns whether the segment may hold more of use. */
        boolean take(List<FactRecord> batch, long lastSeq) {
            for (FactRecord record : batch) {
                if (record.lane() != lane || record.seq() < fromSeq) {
                    continue;
                }
                boolean fits = records.isEmpty() || bytes + record.json().length <= maxBytes;
                if (records.size() >= maxRecords || !fits) {
                    full = true;
                    return false;
                }
                records.add(record);
                bytes += record.json().length;
            }
            boolean seenAll =
                    !records.isEmpty() && records.get(records.size() - 1).seq() >= lastSeq;
            return !seenAll;
        }
    }
}
