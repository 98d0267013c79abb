package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.SeqRange;

/**
 * Records stored beyond a gap.
 *
 * @param prevHash hash that the record before {@code first} must have
 * @param lastHash hash of record {@code last}
 */
public record StoredRange(long first, long last, Digest prevHash, Digest lastHash) {
    public StoredRange {
        new SeqRange(first, last);
    }

    public SeqRange seqs() {
        return new SeqRange(first, last);
    }
}
