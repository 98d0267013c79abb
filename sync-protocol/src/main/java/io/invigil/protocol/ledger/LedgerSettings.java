package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.time.Clock;
import java.time.Duration;

/**
 * What a ledger is opened with.
 *
 * @param reason why this process starts, for the {@code epoch-opened} fact (1 to 40 of a-z, 0-9, -)
 * @param wallClock evidence only; no decision of the ledger reads it
 * @param timings see {@link Timings}
 * @param listener told of alarms while the ledger runs
 * @param segmentBytesMax a segment is closed before it would pass this length
 */
public record LedgerSettings(
        Realm realm,
        NodeId node,
        LedgerKeys keys,
        String reason,
        Entropy entropy,
        Clock wallClock,
        Timings timings,
        LedgerListener listener,
        int segmentBytesMax) {
    public static final int SEGMENT_BYTES = 16 * 1024 * 1024;

    public LedgerSettings {
        if (!reason.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("a reason is 1 to 40 of a-z, 0-9 and -");
        }
        if (segmentBytesMax < 64 * 1024 || segmentBytesMax > SEGMENT_BYTES) {
            throw new IllegalArgumentException("a segment has 64 KiB to 16 MiB");
        }
    }

    /** The settings of a running node: 16 MiB segments, the timings of the specification. */
    public static LedgerSettings of(
            Realm realm,
            NodeId node,
            LedgerKeys keys,
            String reason,
            Entropy entropy,
            Clock wallClock,
            LedgerListener listener) {
        return new LedgerSettings(
                realm,
                node,
                keys,
                reason,
                entropy,
                wallClock,
                Timings.SPECIFIED,
                listener,
                SEGMENT_BYTES);
    }

    /**
     * How long the ledger waits (XSP/1 section 2).
     *
     * @param secondDevice after this B is left behind when A has the batch
     * @param firstDevice after this A is left behind when B has the batch
     * @param restoreAfter a device level for this long is relied on again
     * @param checkpointAfter a signed checkpoint follows the last fact by at most this
     */
    public record Timings(
            Duration secondDevice,
            Duration firstDevice,
            Duration restoreAfter,
            Duration checkpointAfter) {
        public static final Timings SPECIFIED =
                new Timings(
                        Duration.ofMillis(250),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1));
    }
}
