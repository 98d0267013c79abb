package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.segment.LaneTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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
            if (!replay(stretch, fromPosition, visitor)) {
                return;
            }
        }
    }

    private boolean replay(Stretch stretch, long from, FactVisitor visitor) {
        Restored restored = new Restored(stretch, from, visitor);
        for (StoredSegment segment : stretch.log().segments()) {
            if (segment.index().lastPosition() >= from
                    && !replay(segment, from, stretch.upTo(), restored)) {
                return false;
            }
        }
        return restored.visitBefore(Long.MAX_VALUE);
    }

    private boolean replay(StoredSegment segment, long from, long upTo, Restored visitor) {
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

    /** Puts restored records between those of the segments, by position. */
    private static final class Restored implements FactVisitor {
        private final NavigableMap<Long, FactRecord> waiting;
        private final FactVisitor visitor;

        Restored(Stretch stretch, long from, FactVisitor visitor) {
            NavigableMap<Long, FactRecord> all = stretch.log().restoredByPosition();
            this.waiting =
                    from <= stretch.upTo()
                            ? new TreeMap<>(all.subMap(from, true, stretch.upTo(), true))
                            : new TreeMap<>();
            this.visitor = visitor;
        }

        @Override
        public boolean visit(FactRecord record) {
            waiting.remove(record.position());
            return visitBefore(record.position()) && visitor.visit(record);
        }

        boolean visitBefore(long position) {
            while (!waiting.isEmpty() && waiting.firstKey() < position) {
                if (!visitor.visit(waiting.pollFirstEntry().getValue())) {
                    return false;
                }
            }
            return true;
        }
    }

    List<FactRecord> read(EpochId epoch, Lane lane, long fromSeq, int maxRecords, int maxBytes) {
        return log(epoch)
                .map(log -> read(log, new Page(lane, fromSeq, maxRecords, maxBytes)))
                .orElse(List.of());
    }

    Optional<EpochLog> log(EpochId epoch) {
        return epochs.stream().filter(log -> log.epoch().equals(epoch)).findFirst();
    }

    private List<FactRecord> read(EpochLog log, Page page) {
        for (StoredSegment segment : log.segments()) {
            Optional<LaneTrail> trail = segment.index().trail(page.lane);
            if (trail.isEmpty() || trail.get().lastSeq() < page.fromSeq) {
                continue;
            }
            long start = Math.max(page.fromSeq, trail.get().firstSeq());
            boolean more =
                    reading.batches(
                            segment,
                            segment.index().offsetOf(page.lane, start),
                            batch -> page.take(batch.records(), trail.get().lastSeq()));
            if (!more && page.full) {
                break;
            }
        }
        return page.with(log.restored(page.lane));
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

        /** The page with the restored records that belong between and after its records. */
        List<FactRecord> with(NavigableMap<Long, FactRecord> restored) {
            if (restored.isEmpty()) {
                return records;
            }
            long last = full ? records.get(records.size() - 1).seq() : Long.MAX_VALUE;
            TreeMap<Long, FactRecord> merged = new TreeMap<>();
            if (fromSeq <= last) {
                merged.putAll(restored.subMap(fromSeq, true, last, true));
            }
            records.forEach(record -> merged.put(record.seq(), record));
            Page limited = new Page(lane, fromSeq, maxRecords, maxBytes);
            limited.take(List.copyOf(merged.values()), Long.MAX_VALUE);
            return limited.records;
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
