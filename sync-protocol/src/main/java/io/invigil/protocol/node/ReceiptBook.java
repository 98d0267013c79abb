package io.invigil.protocol.node;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.Optional;
import java.util.TreeMap;

/** The chain of receipts for this node within one hub epoch (XSP/1 section 6). */
final class ReceiptBook {
    /** Receipts may overtake each other on the way by this many. */
    static final int WINDOW_MAX = 64;

    /** What a verified receipt turned out to be. */
    enum Admission {
        /** Higher than any before, of this hub epoch. */
        NEW,
        /** The first of a later hub epoch. */
        NEW_HUB_EPOCH,
        /** Overtaken by a later one: links, but tells nothing new. */
        LATE,
        /** Seen before, or of an earlier hub epoch: ignored (row 42). */
        REPLAYED,
        /** A contradiction is open: the highest receipt is kept as proof until a Cursor answers. */
        DISPUTED,
        /** Contradicts a receipt that the same hub signed (row 77). */
        EQUIVOCATES
    }

    private record Link(Digest hash, Optional<Digest> prev) {}

    private final TreeMap<Long, Link> window = new TreeMap<>();
    private ReceiptMark mark;
    private byte[] proof;
    private boolean disputed;

    ReceiptBook(ReceiptMemory memory) {
        this.mark = memory.mark();
        this.proof = memory.proof();
        if (mark.rcptSeq() > 0) {
            window.put(mark.rcptSeq(), new Link(mark.hash(), Optional.empty()));
        }
    }

    ReceiptMark mark() {
        return mark;
    }

    byte[] proof() {
        return proof;
    }

    /** Takes a receipt whose signature and addressee were checked. */
    Admission admit(Receipt receipt, Digest hash, byte[] bytes) {
        HubEpoch current = mark.hubEpoch();
        if (receipt.hubEpoch().number() < current.number()) {
            return Admission.REPLAYED;
        }
        if (receipt.hubEpoch().number() > current.number()) {
            if (receipt.rcptSeq() == 1 && !receipt.prevRcptHash().equals(Digest.ZERO)) {
                return Admission.EQUIVOCATES;
            }
            window.clear();
            disputed = false;
            take(receipt, hash, bytes);
            return Admission.NEW_HUB_EPOCH;
        }
        if (!receipt.hubEpoch().equals(current) || !links(receipt, hash)) {
            disputed = true;
            return Admission.EQUIVOCATES;
        }
        if (window.containsKey(receipt.rcptSeq())) {
            return Admission.REPLAYED;
        }
        if (disputed) {
            return Admission.DISPUTED;
        }
        if (receipt.rcptSeq() > mark.rcptSeq()) {
            take(receipt, hash, bytes);
            return Admission.NEW;
        }
        if (window.size() >= WINDOW_MAX && receipt.rcptSeq() < window.firstKey()) {
            return Admission.REPLAYED;
        }
        window.put(receipt.rcptSeq(), new Link(hash, Optional.of(receipt.prevRcptHash())));
        trim();
        return Admission.LATE;
    }

    /** The hub has seen the proof and stands by this hub epoch. */
    void settle() {
        disputed = false;
    }

    private boolean links(Receipt receipt, Digest hash) {
        long seq = receipt.rcptSeq();
        Link same = window.get(seq);
        Link before = window.get(seq - 1);
        Link after = window.get(seq + 1);
        return (same == null || same.hash().equals(hash))
                && (before == null || before.hash().equals(receipt.prevRcptHash()))
                && (after == null || after.prev().map(hash::equals).orElse(true))
                && (seq > 1 || receipt.prevRcptHash().equals(Digest.ZERO));
    }

    private void take(Receipt receipt, Digest hash, byte[] bytes) {
        mark = new ReceiptMark(receipt.hubEpoch(), receipt.rcptSeq(), hash);
        proof = bytes;
        window.put(receipt.rcptSeq(), new Link(hash, Optional.of(receipt.prevRcptHash())));
        trim();
    }

    private void trim() {
        while (window.size() > WINDOW_MAX) {
            window.pollFirstEntry();
        }
    }
}
