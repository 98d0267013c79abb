package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import java.util.Objects;

/** Names one receipt of a node: the highest it has verified. */
public record ReceiptMark(HubEpoch hubEpoch, long rcptSeq, Digest hash) {
    public static final ReceiptMark NONE = new ReceiptMark(HubEpoch.NONE, 0, Digest.ZERO);

    public ReceiptMark {
        Objects.requireNonNull(hubEpoch);
        Objects.requireNonNull(hash);
        if (rcptSeq < 0 || rcptSeq > SeqRange.SEQ_MAX) {
            throw new IllegalArgumentException("not a receipt number");
        }
    }
}
