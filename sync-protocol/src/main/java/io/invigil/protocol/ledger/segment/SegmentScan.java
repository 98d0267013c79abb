package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one copy of a segment holds. Only the last batch of a file may be torn: bytes that are no
 * batch, followed anywhere by a batch that is, are corruption (fault rows 9, 11, 84).
 */
public sealed interface SegmentScan {

    /** What follows the valid batches. */
    enum Tail {
        /** Nothing. */
        CLEAN,
        /** Bytes that are no batch: a write that a power cut stopped. */
        TORN,
        /** Damage with batches after it. */
        CORRUPT
    }

    /** One valid batch in the file. */
    record Frame(int offset, int end, long number, Digest prevHash, Digest hash) {}

    /**
     * The header and key are good.
     *
     * @param frames all valid batches in order, those after damage included
     */
    record Readable(
            SegmentHeader header,
            BatchCodec codec,
            List<Frame> frames,
            Tail tail,
            SegmentIndex index)
            implements SegmentScan {

        /** Number of the last batch; the one before the first when there is none. */
        public long lastBatch() {
            return frames.isEmpty()
                    ? header.identity().firstBatch() - 1
                    : frames.get(frames.size() - 1).number();
        }

        /** Hash of the last batch; the one before the first when there is none. */
        public Digest lastHash() {
            return frames.isEmpty()
                    ? header.identity().prevBatchHash()
                    : frames.get(frames.size() - 1).hash();
        }

        /** Offset after the last valid batch. */
        public int end() {
            return frames.isEmpty() ? header.length() : frames.get(frames.size() - 1).end();
        }
    }

    /**
     * No header that this key opens.
     *
     * @param holdsBatches whether batches stand in it, so that the damage is not a torn start
     * @param otherKey whether the header is whole and its key is someone else's
     */
    record Unreadable(boolean holdsBatches, boolean otherKey) implements SegmentScan {}

    /** Scans a file by its own header. */
    static SegmentScan scan(byte[] file, SegmentKeyOpener keys) {
        return SegmentHeader.decode(file)
                .map(header -> scan(file, header, keys))
                .orElseGet(() -> new Unreadable(BatchCodec.findFrame(file, 0) >= 0, false));
    }

    /** Scans a file by a header that is known from another copy. */
    static SegmentScan scan(byte[] file, SegmentHeader header, SegmentKeyOpener keys) {
        Optional<byte[]> key = keys.keyOf(header);
        if (key.isEmpty()) {
            return new Unreadable(BatchCodec.findFrame(file, 0) >= 0, true);
        }
        BatchCodec codec = new BatchCodec(header, key.get());
        SegmentIndex index = new SegmentIndex();
        List<Frame> frames = new ArrayList<>();
        long number = header.identity().firstBatch() - 1;
        Digest hash = header.identity().prevBatchHash();
        int at = header.length();
        boolean damaged = false;
        while (at < file.length) {
            Optional<BatchCodec.Decoded> decoded = codec.decode(file, at);
            if (decoded.isPresent()
                    && follows(decoded.get().batch(), number, hash, damaged, index)) {
                Batch batch = decoded.get().batch();
                damaged = false;
                frames.add(
                        new Frame(
                                at,
                                decoded.get().end(),
                                batch.number(),
                                batch.prevHash(),
                                batch.hash()));
                index.add(at, batch.records());
                number = batch.number();
                hash = batch.hash();
                at = decoded.get().end();
                continue;
            }
            damaged = true;
            int next = BatchCodec.findFrame(file, at + 1);
            if (next < 0) {
                break;
            }
            at = next;
        }
        return new Readable(
                header, codec, List.copyOf(frames), tail(header, frames, file.length), index);
    }

    private static Tail tail(SegmentHeader header, List<Frame> frames, int length) {
        int expected = header.length();
        for (Frame frame : frames) {
            if (frame.offset() != expected) {
                return Tail.CORRUPT;
            }
            expected = frame.end();
        }
        return length > expected ? Tail.TORN : Tail.CLEAN;
    }

    private static boolean follows(
            Batch batch, long number, Digest hash, boolean damaged, SegmentIndex index) {
        if (damaged) {
            return batch.number() > number;
        }
        return batch.number() == number + 1
                && batch.prevHash().equals(hash)
                && lanesFollow(batch, index);
    }

    private static boolean lanesFollow(Batch batch, SegmentIndex index) {
        var trails = new TreeMap<Lane, LaneTrail>();
        for (FactRecord record : batch.records()) {
            Optional<LaneTrail> known = Optional.ofNullable(trails.get(record.lane()));
            Optional<LaneTrail> trail = known.or(() -> index.trail(record.lane()));
            if (trail.isPresent() && !trail.get().continuedBy(record)) {
                return false;
            }
            trails.put(
                    record.lane(),
                    trail.map(t -> t.to(record)).orElseGet(() -> LaneTrail.start(record)));
        }
        return true;
    }
}
