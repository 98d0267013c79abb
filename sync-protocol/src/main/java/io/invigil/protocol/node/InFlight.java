package io.invigil.protocol.node;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.SeqRange;

/** A bundle that was sent and has no receipt. */
final class InFlight {
    final SeqRange range;
    final Digest id;
    final byte[] bytes;
    final long sentAt;
    long lastSentAt;
    long deadline;
    int tries;

    InFlight(SeqRange range, Digest id, byte[] bytes, long sentAt, long deadline) {
        this.range = range;
        this.id = id;
        this.bytes = bytes;
        this.sentAt = sentAt;
        this.lastSentAt = sentAt;
        this.deadline = deadline;
    }
}
