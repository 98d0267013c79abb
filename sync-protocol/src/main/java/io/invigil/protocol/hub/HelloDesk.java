package io.invigil.protocol.hub;

import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.Cursor;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers Hellos with Cursors (XSP/1 section 5). */
final class HelloDesk {
    private final HubSettings settings;
    private final HubMemory memory;

    HelloDesk(HubSettings settings, HubMemory memory) {
        this.settings = settings;
        this.memory = memory;
    }

    private record Answer(HubEpoch hubEpoch, boolean restored, List<LaneAck> lanes) {}

    /**
     * Answers a Hello whose signature was checked.
     *
     * @param named receipt that a bundle of this node named: where the Hello's proof is a later
     *     one, the node's signed word is enough, for it may rely on what the forgotten one said
     */
    void answer(NodeId node, Hello hello, ReceiptMark named, List<HubEffect> out) {
        Optional<ReceiptMark> proof = memory.proven(node, hello.proof());
        Answer answer =
                settings.store()
                        .inTransaction(
                                tx -> {
                                    Optional<ReceiptMark> forgotten =
                                            proof.filter(mark -> memory.forgot(tx, node, mark));
                                    if (proof.isPresent()
                                            && forgotten.isEmpty()
                                            && memory.forgot(tx, node, named)
                                            && named.hubEpoch().equals(tx.hubEpoch())) {
                                        forgotten = Optional.of(named);
                                    }
                                    boolean restored = forgotten.isPresent();
                                    HubEpoch hubEpoch =
                                            restored
                                                    ? memory.reopen(tx, forgotten.get())
                                                    : tx.hubEpoch();
                                    return new Answer(hubEpoch, restored, acks(tx, node, hello));
                                });
        if (answer.restored()) {
            out.add(
                    new HubEffect.Alarm(
                            HubAlarm.HUB_RESTORED, node.value(), "" + answer.hubEpoch()));
            out.add(new HubEffect.HubEpochOpened(answer.hubEpoch()));
        }
        var cursor =
                new Cursor(settings.hub(), answer.hubEpoch(), node, hello.nonce(), answer.lanes());
        out.add(new HubEffect.NodeSeen(node, hello));
        out.add(
                new HubEffect.Send(
                        node,
                        Topics.DownKind.COMMAND,
                        SignedMessage.sign(MessageType.CURSOR, cursor, settings.signer())
                                .encode()));
    }

    private List<LaneAck> acks(HubTx tx, NodeId node, Hello hello) {
        List<LaneAck> acks = new ArrayList<>();
        int ranges = 0;
        for (LaneHead head : hello.heads()) {
            LaneAck ack = tx.lane(node, head.key()).orElseGet(() -> none(node, head)).ack();
            List<io.invigil.protocol.receipt.SeqRange> kept =
                    ack.ranges()
                            .subList(0, Math.min(ack.ranges().size(), Cursor.RANGES_MAX - ranges));
            ranges += kept.size();
            acks.add(
                    new LaneAck(
                            ack.epoch(),
                            ack.lane(),
                            ack.ackSeq(),
                            ack.ackHash(),
                            ack.r2Seq(),
                            kept));
        }
        return acks;
    }

    private LaneCursor none(NodeId node, LaneHead head) {
        return LaneCursor.empty(
                node,
                head.key(),
                FactRecord.genesis(
                        Suite.ED25519_X25519_AES256GCM,
                        settings.realm(),
                        node,
                        head.epoch(),
                        head.lane()));
    }
}
