package io.invigil.protocol.node;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.Cursor;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the hub said it holds, checked against what the node knows itself. */
final class HubWord {
    private final Lanes lanes;
    private final LaneSender sender;
    private final BlobSender blobs;
    private final Handshake handshake;
    private final ReadQueue reads;
    private final ReceiptBook book;
    private HubEpoch session;

    HubWord(
            Lanes lanes,
            LaneSender sender,
            BlobSender blobs,
            Handshake handshake,
            ReadQueue reads,
            ReceiptMemory memory) {
        this.lanes = lanes;
        this.sender = sender;
        this.blobs = blobs;
        this.handshake = handshake;
        this.reads = reads;
        this.book = new ReceiptBook(memory);
        this.session = memory.hubEpochSeen();
    }

    HubEpoch hubEpoch() {
        return session;
    }

    ReceiptMark mark() {
        return book.mark();
    }

    byte[] proof() {
        return book.proof();
    }

    /** A receipt of the hub to this node. Returns whether the marks changed. */
    boolean receipt(Receipt receipt, Digest hash, byte[] bytes, long now, List<NodeEffect> out) {
        HubEpoch before = book.mark().hubEpoch();
        switch (book.admit(receipt, hash, bytes)) {
            case REPLAYED -> {
                return false;
            }
            case DISPUTED -> {
                handshake.doubt(now);
                return false;
            }
            case EQUIVOCATES -> {
                out.add(
                        new NodeEffect.Alarm(
                                NodeAlarm.HUB_EQUIVOCATES,
                                receipt.hubEpoch() + "/" + receipt.rcptSeq()));
                handshake.doubt(now);
                return false;
            }
            case LATE -> {
                receipt.blobs().forEach(blob -> blobs.received(blob, out));
                return false;
            }
            case NEW_HUB_EPOCH -> {
                if (before.number() > 0) {
                    out.add(
                            new NodeEffect.Alarm(
                                    NodeAlarm.HUB_EPOCH_CHANGED, "" + receipt.hubEpoch()));
                }
                lanes.all().forEach(HubWord::forgetMarks);
                enterByReceipt(receipt.hubEpoch(), now);
            }
            case NEW -> enterByReceipt(receipt.hubEpoch(), now);
        }
        for (LaneAck ack : receipt.lanes()) {
            Optional<LaneTrack> lane = lanes.find(ack.key());
            if (lane.isEmpty()) {
                out.add(
                        new NodeEffect.Alarm(
                                NodeAlarm.RECEIPT_FOR_UNKNOWN_EPOCH, ack.key().toString()));
                continue;
            }
            holds(lane.get(), ack, now, out);
        }
        receipt.lines().forEach(line -> line(line, out));
        receipt.blobs().forEach(blob -> blobs.received(blob, out));
        return true;
    }

    /** The answer to the Hello that is pending. Returns whether it is a valid answer. */
    boolean cursor(Cursor cursor, long now, List<NodeEffect> out) {
        HubEpoch proven = book.mark().hubEpoch();
        if (cursor.hubEpoch().number() < proven.number()
                || cursor.hubEpoch().number() == proven.number()
                        && !cursor.hubEpoch().equals(proven)) {
            out.add(new NodeEffect.Alarm(NodeAlarm.HUB_EQUIVOCATES, "" + cursor.hubEpoch()));
            return false;
        }
        handshake.end(now);
        book.settle();
        enter(cursor.hubEpoch());
        for (LaneAck ack : cursor.lanes()) {
            lanes.find(ack.key()).ifPresent(lane -> standing(lane, ack, out));
        }
        return true;
    }

    /** Answer to a check read: the record whose hash the hub stated. */
    void checked(LaneTrack lane, long seq, Digest ours, List<NodeEffect> out) {
        lane.remember(seq, ours);
        lane.toVerify
                .filter(check -> check.ack().ackSeq() == seq)
                .ifPresent(check -> verify(lane, check.ack(), ours, check.byReceipt(), out));
    }

    private void enter(HubEpoch hubEpoch) {
        if (!session.equals(hubEpoch)) {
            session = hubEpoch;
            lanes.all().forEach(LaneTrack::forgetHub);
            reads.forgetSending();
            blobs.forgetHub();
        }
    }

    /** A hub restored behind our back: ask it anew before anything is sent. */
    private void enterByReceipt(HubEpoch hubEpoch, long now) {
        if (!session.equals(hubEpoch)) {
            enter(hubEpoch);
            handshake.begin(now);
        }
    }

    private static void forgetMarks(LaneTrack lane) {
        lane.r1Asked = 0;
        lane.r1Seq = 0;
        lane.r2Seq = 0;
    }

    private void standing(LaneTrack lane, LaneAck ack, List<NodeEffect> out) {
        boolean proven = book.mark().hubEpoch().equals(session);
        boolean below = proven && ack.ackSeq() < lane.r1Asked;
        if (below) {
            out.add(new NodeEffect.Alarm(NodeAlarm.CURSOR_BELOW_RECEIPT, lane.key.toString()));
        }
        lane.confirmed = true;
        // receipts may have overtaken the Cursor
        lane.ackSeq = proven && !below ? Math.max(ack.ackSeq(), lane.r1Seq) : ack.ackSeq();
        lane.heldBeyond = ack.ranges().stream().filter(held -> held.last() > lane.ackSeq).toList();
        lane.inFlight.clear();
        reads.forgetSending();
        check(lane, ack, false, out);
    }

    private void holds(LaneTrack lane, LaneAck ack, long now, List<NodeEffect> out) {
        lane.ackSeq = Math.max(lane.ackSeq, ack.ackSeq());
        lane.heldBeyond =
                ack.ranges().stream().filter(range -> range.last() > lane.ackSeq).toList();
        sender.receipted(lane, now);
        check(lane, ack, true, out);
    }

    private void check(LaneTrack lane, LaneAck ack, boolean byReceipt, List<NodeEffect> out) {
        if (ack.ackSeq() > lane.headSeq) {
            out.add(
                    new NodeEffect.Alarm(
                            NodeAlarm.RECORDS_LOST_HERE,
                            lane.key + " " + (lane.headSeq + 1) + "-" + ack.ackSeq()));
            return;
        }
        Optional<Digest> ours = lane.hashAt(ack.ackSeq());
        if (ours.isPresent()) {
            verify(lane, ack, ours.get(), byReceipt, out);
        } else if (byReceipt || lane.toVerify.isEmpty()) {
            lane.toVerify = Optional.of(new LaneTrack.Check(ack, byReceipt));
            out.add(reads.toCheck(lane, ack.ackSeq()));
        }
    }

    /** A Cursor moves sending only; marks come from receipts, whose chain can be shown. */
    private void verify(
            LaneTrack lane, LaneAck ack, Digest ours, boolean byReceipt, List<NodeEffect> out) {
        lane.toVerify = Optional.empty();
        if (!ours.equals(ack.ackHash())) {
            out.add(
                    new NodeEffect.Alarm(
                            NodeAlarm.HUB_RECORD_DIFFERS, lane.key + " " + ack.ackSeq()));
            return;
        }
        if (!byReceipt || !book.mark().hubEpoch().equals(session)) {
            return;
        }
        long r1 = Math.max(lane.r1Seq, ack.ackSeq());
        long r2 = Math.max(lane.r2Seq, ack.r2Seq());
        if (r1 != lane.r1Seq || r2 != lane.r2Seq) {
            lane.r1Seq = r1;
            lane.r2Seq = r2;
            out.add(new NodeEffect.ReceiptsAdvanced(lane.key.epoch(), lane.key.lane(), r1, r2));
        }
    }

    private void line(ReceiptLine line, List<NodeEffect> out) {
        for (LaneTrack lane : lanes.all()) {
            for (InFlight sent : lane.inFlight.values()) {
                if (!sent.id.equals(line.bundle())) {
                    continue;
                }
                String detail = lane.key + " " + line.reason();
                switch (line.status()) {
                    case PARKED -> {
                        lane.parked = true;
                        out.add(new NodeEffect.Alarm(NodeAlarm.BUNDLE_PARKED, detail));
                    }
                    case REJECTED ->
                            out.add(new NodeEffect.Alarm(NodeAlarm.BUNDLE_REJECTED, detail));
                    case ACCEPTED, DUPLICATE -> {}
                }
            }
        }
        lanes.all().stream().filter(lane -> lane.parked).forEach(lane -> lane.inFlight.clear());
    }

    /** Marks to remember across a restart. */
    ReceiptMemory memory() {
        List<ReceiptMemory.LaneMark> marks = new ArrayList<>();
        for (LaneTrack lane : lanes.all()) {
            if (lane.r1Seq > 0) {
                marks.add(
                        new ReceiptMemory.LaneMark(
                                lane.key.epoch(), lane.key.lane(), lane.r1Seq, lane.r2Seq));
            }
        }
        return new ReceiptMemory(book.mark(), book.proof(), session, marks);
    }
}
