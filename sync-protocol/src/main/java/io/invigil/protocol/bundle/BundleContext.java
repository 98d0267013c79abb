package io.invigil.protocol.bundle;

import io.invigil.protocol.receipt.ClockEvidence;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.Objects;

/** What the node believed, its clocks and the highest receipt it has seen, inside the seal. */
public record BundleContext(NodeBelief belief, ClockEvidence clock, ReceiptMark receiptSeen) {
    public static final int BYTES_MAX = 6 * 1024;

    public BundleContext {
        Objects.requireNonNull(belief);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(receiptSeen);
    }
}
