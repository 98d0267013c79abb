package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one instance still has to tell one node; lost on a restart, and then asked again. */
final class NodeDesk {
    /** A hostile node's lines are not kept without bound: the oldest go first. */
    static final int LINES_MAX = 1_024;

    static final int LANES_MAX = 1_024;

    final Set<LaneKey> lanes = new LinkedHashSet<>();
    final Deque<ReceiptLine> lines = new ArrayDeque<>();
    final Set<Digest> blobs = new LinkedHashSet<>();
    long lastReceiptAt = Long.MIN_VALUE / 2;
    long helloAskedAt = Long.MIN_VALUE / 2;

    /** A receipt the node has seen and we do not remember: none is issued before its Hello. */
    ReceiptMark doubt = ReceiptMark.NONE;

    long lastUseAt() {
        return Math.max(lastReceiptAt, helloAskedAt);
    }

    /** A doubt that the node's Hello has answered; bundles of before still name it. */
    ReceiptMark answered = ReceiptMark.NONE;

    boolean isEmpty() {
        return lanes.isEmpty() && lines.isEmpty() && blobs.isEmpty();
    }

    void add(ReceiptLine line) {
        lines.addLast(line);
        if (lines.size() > LINES_MAX) {
            lines.removeFirst();
        }
    }

    void add(LaneKey lane) {
        if (lanes.size() < LANES_MAX) {
            lanes.add(lane);
        }
    }

    List<LaneKey> nextLanes() {
        return lanes.stream().limit(Receipt.LANES_MAX).toList();
    }

    List<ReceiptLine> nextLines() {
        return lines.stream().limit(Receipt.LINES_MAX).toList();
    }

    List<Digest> nextBlobs() {
        return blobs.stream().limit(Receipt.BLOBS_MAX).toList();
    }

    /** Takes away what a committed receipt has told. */
    void told(List<LaneKey> toldLanes, List<ReceiptLine> toldLines, List<Digest> toldBlobs) {
        toldLanes.forEach(lanes::remove);
        new ArrayList<>(toldLines).forEach(line -> lines.removeFirst());
        toldBlobs.forEach(blobs::remove);
    }
}
