package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.Optional;

/** Whether this hub remembers what it once signed: how a restored hub finds out (row 38). */
final class HubMemory {
    private final HubSettings settings;

    HubMemory(HubSettings settings) {
        this.settings = settings;
    }

    /** A receipt of ours in a Hello: valid, and for this node. */
    Optional<ReceiptMark> proven(NodeId node, byte[] proof) {
        return SignedMessage.decode(proof)
                .filter(m -> m.type() == MessageType.RECEIPT)
                .filter(m -> m.verifiedBy(settings.ownKeys()))
                .flatMap(
                        m ->
                                m.read(Receipt.class)
                                        .filter(r -> r.node().equals(node))
                                        .map(
                                                r ->
                                                        new ReceiptMark(
                                                                r.hubEpoch(),
                                                                r.rcptSeq(),
                                                                m.contentHash())));
    }

    /** Whether the mark can be a receipt that we have forgotten. */
    boolean forgot(HubTx tx, NodeId node, ReceiptMark mark) {
        HubEpoch current = tx.hubEpoch();
        if (mark.rcptSeq() == 0 || mark.hubEpoch().number() < current.number()) {
            return false;
        }
        if (!mark.hubEpoch().equals(current)) {
            return true;
        }
        NodeReceipts last = tx.lockReceipts(node).in(current);
        if (mark.rcptSeq() > last.rcptSeq()) {
            return true;
        }
        Optional<Digest> ours = tx.receiptHash(node, current, mark.rcptSeq());
        return ours.filter(hash -> !hash.equals(mark.hash())).isPresent();
    }

    /** Opens the hub epoch after both the current and the forgotten one. */
    HubEpoch reopen(HubTx tx, ReceiptMark forgotten) {
        HubEpoch current = tx.hubEpoch();
        HubEpoch higher =
                current.number() >= forgotten.hubEpoch().number() ? current : forgotten.hubEpoch();
        return tx.openHubEpoch(current, higher.next(settings.entropy()));
    }
}
