package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactRecord;
import java.util.List;

/**
 * The one batch that is sealed and not yet durable.
 *
 * @param segment where it goes; new when {@code start} is 0
 * @param start offset in the file of {@code bytes}, which begin with the header in a new segment
 * @param frameOffset offset of the frame itself
 */
record Flight(
        StoredSegment segment,
        int start,
        int frameOffset,
        byte[] bytes,
        List<FactRecord> records,
        long sealedAtNanos) {

    LogEnd begin() {
        return new LogEnd(segment.name().index(), start);
    }

    LogEnd end() {
        return new LogEnd(segment.name().index(), start + bytes.length);
    }
}
