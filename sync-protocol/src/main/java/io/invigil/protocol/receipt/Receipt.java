package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Objects;

/**
 * The hub's statement to one node of what it holds (XSP/1 section 6), signed as {@link
 * MessageType#RECEIPT}.
 *
 * @param rcptSeq number of the receipt for this node within {@code hubEpoch}, from 1
 * @param prevRcptHash {@link SignedMessage#contentHash} of number {@code rcptSeq - 1}, zero for 1
 * @param issuedAtMillis wall clock of the hub, evidence only
 * @param lanes state of every lane that changed since the receipt before
 * @param lines fate of bundles since the receipt before
 * @param blobs complete blobs since the receipt before
 */
public record Receipt(
        String hub,
        HubEpoch hubEpoch,
        NodeId node,
        long rcptSeq,
        Digest prevRcptHash,
        long issuedAtMillis,
        List<LaneAck> lanes,
        List<ReceiptLine> lines,
        List<Digest> blobs) {
    public static final int LANES_MAX = 32;
    public static final int LINES_MAX = 64;
    public static final int BLOBS_MAX = 32;

    /** All ranges of all lanes together, so that a receipt fits into one packet. */
    public static final int RANGES_MAX = 128;

    public Receipt {
        Objects.requireNonNull(hubEpoch);
        Objects.requireNonNull(node);
        Objects.requireNonNull(prevRcptHash);
        lanes = List.copyOf(lanes);
        lines = List.copyOf(lines);
        blobs = List.copyOf(blobs);
        if (hub.isEmpty() || hub.length() > 64 || rcptSeq < 1 || rcptSeq > SeqRange.SEQ_MAX) {
            throw new IllegalArgumentException("a receipt needs a hub and a number from 1");
        }
        if (lanes.size() > LANES_MAX
                || lines.size() > LINES_MAX
                || blobs.size() > BLOBS_MAX
                || lanes.stream().mapToInt(ack -> ack.ranges().size()).sum() > RANGES_MAX) {
            throw new IllegalArgumentException("a receipt is limited in its lists");
        }
    }
}
