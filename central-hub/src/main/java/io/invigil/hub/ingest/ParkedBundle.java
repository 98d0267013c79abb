package io.invigil.hub.ingest;

import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.SeqRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An authentic bundle that was not taken in, opened for people who review it. What its records say
 * stays inside; kinds and numbers tell what it would change.
 *
 * @param item name of the parked row
 * @param reason stable code of the check that failed
 * @param wall clock of the node when it was made, by its own word
 * @param site centre that it claims to belong to; empty when it claims none
 * @param keyId key that signed it, eight digits
 * @param keyRevoked whether that key is revoked
 * @param goodThrough last number of this lane up to which a revoked key holds
 * @param storedThrough stored of this lane without gaps
 * @param kinds what its records are, the most frequent first
 */
public record ParkedBundle(
        String item,
        String reason,
        Instant parkedAt,
        NodeId node,
        LaneKey lane,
        SeqRange range,
        Instant wall,
        String site,
        String keyId,
        boolean keyRevoked,
        long goodThrough,
        long storedThrough,
        List<Kind> kinds) {
    public ParkedBundle {
        kinds = List.copyOf(kinds);
    }

    /**
     * Records of one type.
     *
     * @param exam package that they name; empty when none
     */
    public record Kind(String type, Optional<String> exam, int count) {}
}
