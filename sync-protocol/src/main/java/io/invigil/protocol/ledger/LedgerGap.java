package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import java.util.List;

/**
 * Durable records that no device has any more, known from the chain around them. The hub may hold
 * them: {@link Ledger#restore}.
 *
 * @param prevHash hash of the record before the gap, or the lane's genesis
 * @param lastHash hash of the gap's last record
 */
public record LedgerGap(
        EpochId epoch, Lane lane, long fromSeq, long toSeq, Digest prevHash, Digest lastHash) {

    /** Whether these records fill exactly this gap: numbers, links and hashes. */
    boolean isFilledBy(List<FactRecord> records) {
        Digest prev = prevHash;
        long seq = fromSeq;
        for (FactRecord record : records) {
            boolean placed =
                    record.epoch().equals(epoch)
                            && record.lane() == lane
                            && record.seq() == seq
                            && record.prevHash().equals(prev);
            if (!placed || !hashAfter(prev, record).equals(record.hash())) {
                return false;
            }
            prev = record.hash();
            seq++;
        }
        return seq == toSeq + 1 && prev.equals(lastHash);
    }

    private static Digest hashAfter(Digest prev, FactRecord record) {
        return FactRecord.hash(
                prev, record.lane(), record.seq(), record.position(), record.salt(), record.json());
    }
}
