package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the next receipt of a node's chain (XSP/1 section 6). */
final class ReceiptIssue {
    private final HubSettings settings;
    private final HubMemory memory;

    ReceiptIssue(HubSettings settings, HubMemory memory) {
        this.settings = settings;
        this.memory = memory;
    }

    /**
     * Issues one receipt in its own transaction.
     *
     * @return the signed bytes; empty while the node's Hello with proof is awaited
     */
    Optional<byte[]> issue(NodeId node, NodeDesk desk, long wallMillis) {
        List<LaneKey> lanes = desk.nextLanes();
        List<ReceiptLine> lines = desk.nextLines();
        List<Digest> blobs = desk.nextBlobs();
        Optional<byte[]> issued =
                settings.store()
                        .inTransaction(
                                tx -> {
                                    if (memory.forgot(tx, node, desk.doubt)) {
                                        return Optional.empty();
                                    }
                                    return Optional.of(
                                            write(tx, node, lanes, lines, blobs, wallMillis));
                                });
        if (issued.isPresent()) {
            desk.told(lanes, lines, blobs);
        }
        return issued;
    }

    private byte[] write(
            HubTx tx,
            NodeId node,
            List<LaneKey> lanes,
            List<ReceiptLine> lines,
            List<Digest> blobs,
            long wallMillis) {
        HubEpoch hubEpoch = tx.hubEpoch();
        NodeReceipts last = tx.lockReceipts(node).in(hubEpoch);
        List<LaneAck> acks = new ArrayList<>();
        int ranges = 0;
        for (LaneKey lane : lanes) {
            Optional<LaneAck> ack = tx.lane(node, lane).map(LaneCursor::ack);
            if (ack.isPresent()) {
                LaneAck fitting = limited(ack.get(), Receipt.RANGES_MAX - ranges);
                ranges += fitting.ranges().size();
                acks.add(fitting);
            }
        }
        var receipt =
                new Receipt(
                        settings.hub(),
                        hubEpoch,
                        node,
                        last.rcptSeq() + 1,
                        last.lastHash(),
                        wallMillis,
                        acks,
                        lines,
                        blobs);
        SignedMessage signed = SignedMessage.sign(MessageType.RECEIPT, receipt, settings.signer());
        tx.saveReceipt(new NodeReceipts(node, hubEpoch, receipt.rcptSeq(), signed.contentHash()));
        return signed.encode();
    }

    private static LaneAck limited(LaneAck ack, int rangesMax) {
        if (ack.ranges().size() <= rangesMax) {
            return ack;
        }
        return new LaneAck(
                ack.epoch(),
                ack.lane(),
                ack.ackSeq(),
                ack.ackHash(),
                ack.r2Seq(),
                ack.ranges().subList(0, rangesMax));
    }
}
