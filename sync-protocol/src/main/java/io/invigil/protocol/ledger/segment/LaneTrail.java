package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;

/**
 * What a run of records holds of one lane.
 *
 * @param prevHash hash before the first record
 * @param lastHash hash of the last record
 */
public record LaneTrail(long firstSeq, Digest prevHash, long lastSeq, Digest lastHash) {

    static LaneTrail start(FactRecord record) {
        return new LaneTrail(record.seq(), record.prevHash(), record.seq(), record.hash());
    }

    LaneTrail to(FactRecord record) {
        return new LaneTrail(firstSeq, prevHash, record.seq(), record.hash());
    }

    boolean continuedBy(FactRecord record) {
        return record.seq() == lastSeq + 1 && record.prevHash().equals(lastHash);
    }
}
