package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in a segment to start reading: one mark for about {@link #MARK_EVERY_BYTES} of file, with
 * the position and each lane's next number there (about 22 KiB for a full segment). Thread-safe.
 */
public final class SegmentIndex {
    public static final int MARK_EVERY_BYTES = 32 * 1024;

    private static final int LANES = Lane.values().length;

    private final Map<Lane, LaneTrail> trails = new EnumMap<>(Lane.class);
    private final long[] nextSeq = new long[LANES];
    private int[] offsets = new int[16];
    private long[] positions = new long[16];
    private long[] sequences = new long[16 * LANES];
    private int marks;
    private long firstPosition;
    private long lastPosition;

    /** Notes a batch at its offset; batches come in order. */
    public synchronized void add(int offset, List<FactRecord> records) {
        if (marks == 0 || offset - offsets[marks - 1] >= MARK_EVERY_BYTES) {
            mark(offset, records.get(0).position());
        }
        if (firstPosition == 0) {
            firstPosition = records.get(0).position();
        }
        for (FactRecord record : records) {
            LaneTrail trail = trails.get(record.lane());
            trails.put(record.lane(), trail == null ? LaneTrail.start(record) : trail.to(record));
            nextSeq[record.lane().ordinal()] = record.seq() + 1;
            lastPosition = record.position();
        }
    }

    private void mark(int offset, long position) {
        if (marks == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * marks);
            positions = Arrays.copyOf(positions, 2 * marks);
            sequences = Arrays.copyOf(sequences, 2 * marks * LANES);
        }
        offsets[marks] = offset;
        positions[marks] = position;
        System.arraycopy(nextSeq, 0, sequences, marks * LANES, LANES);
        marks++;
    }

    /** Offset of a batch at or before the first record of the lane with this number or more. */
    public synchronized int offsetOf(Lane lane, long seq) {
        int found = 0;
        for (int low = 0, high = marks - 1; low <= high; ) {
            int middle = (low + high) >>> 1;
            if (sequences[middle * LANES + lane.ordinal()] <= seq) {
                found = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return offsets[found];
    }

    /** Offset of a batch at or before the record with this position. */
    public synchronized int offsetOf(long position) {
        int found = Arrays.binarySearch(positions, 0, marks, position);
        return offsets[Math.max(0, found >= 0 ? found : -found - 2)];
    }

    /** What the segment holds of a lane; empty when nothing. */
    public synchronized Optional<LaneTrail> trail(Lane lane) {
        return Optional.ofNullable(trails.get(lane));
    }

    /** Position of the first record; 0 when there is none. */
    public synchronized long firstPosition() {
        return firstPosition;
    }

    /** Position of the last record; 0 when there is none. */
    public synchronized long lastPosition() {
        return lastPosition;
    }

    /** Marks made so far. */
    public synchronized int marks() {
        return marks;
    }
}
