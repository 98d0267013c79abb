package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.segment.BatchCodec;
import io.invigil.protocol.ledger.segment.SegmentHeader;
import io.invigil.protocol.ledger.segment.SegmentIndex;
import io.invigil.protocol.ledger.segment.SegmentName;
import io.invigil.protocol.ledger.segment.SegmentScan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A segment as far as it is durable, and which devices hold all of that. Thread-safe. */
final class StoredSegment {

    /** A run of batches without damage between them. */
    record Extent(int start, int end) {}

    private final SegmentHeader header;
    private final BatchCodec codec;
    private final SegmentIndex index;
    private final Set<DeviceRole> holders = EnumSet.noneOf(DeviceRole.class);
    private List<Extent> extents;

    private StoredSegment(
            SegmentHeader header, BatchCodec codec, SegmentIndex index, List<Extent> extents) {
        this.header = header;
        this.codec = codec;
        this.index = index;
        this.extents = extents;
    }

    /** A segment about to get its first batch. */
    static StoredSegment fresh(SegmentHeader header, byte[] key) {
        return new StoredSegment(
                header, new BatchCodec(header, key), new SegmentIndex(), List.of());
    }

    /** A segment found on a device. */
    static StoredSegment found(SegmentScan.Readable scan) {
        List<Extent> extents = new ArrayList<>();
        for (SegmentScan.Frame frame : scan.frames()) {
            int last = extents.size() - 1;
            if (last >= 0 && extents.get(last).end() == frame.offset()) {
                extents.set(last, new Extent(extents.get(last).start(), frame.end()));
            } else {
                extents.add(new Extent(frame.offset(), frame.end()));
            }
        }
        return new StoredSegment(scan.header(), scan.codec(), scan.index(), List.copyOf(extents));
    }

    SegmentHeader header() {
        return header;
    }

    BatchCodec codec() {
        return codec;
    }

    SegmentIndex index() {
        return index;
    }

    SegmentName name() {
        return header.identity().name();
    }

    String fileName() {
        return name().fileName();
    }

    synchronized List<Extent> extents() {
        return extents;
    }

    /** Offset after the last durable batch; 0 before the first. */
    synchronized int end() {
        return extents.isEmpty() ? 0 : extents.get(extents.size() - 1).end();
    }

    /** Batches up to this offset are durable now; only for a segment being written. */
    synchronized void extendTo(int end) {
        extents = List.of(new Extent(header.length(), end));
    }

    synchronized void heldBy(DeviceRole role) {
        holders.add(role);
    }

    synchronized void notHeldBy(DeviceRole role) {
        holders.remove(role);
    }

    synchronized Set<DeviceRole> holders() {
        return Set.copyOf(holders);
    }

    synchronized boolean isHeldBy(DeviceRole role) {
        return holders.contains(role);
    }
}
