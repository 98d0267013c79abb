package io.invigil.protocol.ledger.segment;

import java.util.Optional;

/** Gives a segment's key: by the node's wrapping key, or by the hub's recovery key. */
@FunctionalInterface
public interface SegmentKeyOpener {

    /** The 32-byte key; empty when the segment belongs to someone else. */
    Optional<byte[]> keyOf(SegmentHeader header);
}
