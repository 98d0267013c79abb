package io.invigil.protocol.node;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One lane of one epoch as the node sees it: its head, what the hub holds, what is under way. */
final class LaneTrack {
    /** Hashes at bundle ends, to check receipts against without reading the ledger. */
    static final int KNOWN_HASHES_MAX = 256;

    final LaneKey key;
    final int order;
    final Digest genesis;
    final TreeMap<Long, InFlight> inFlight = new TreeMap<>();
    private final TreeMap<Long, Digest> known = new TreeMap<>();

    long headSeq;
    Digest headHash;

    /** Where sending goes on; as the hub says, verified or not. */
    long ackSeq;

    List<SeqRange> heldBeyond = List.of();

    /** Verified against our own hashes, within the hub epoch of the receipts. */
    long r1Seq;

    long r2Seq;

    /** {@code r1Seq} when the Hello that is pending was first sent. */
    long r1Asked;

    /** A Cursor or receipt of the session's hub epoch told where this lane stands. */
    boolean confirmed;

    /** The hub parked a bundle: people decide; asked again at the next connection. */
    boolean parked;

    long pausedUntil;
    Optional<Check> toVerify = Optional.empty();

    /** A statement of the hub whose hash must be read from the ledger first. */
    record Check(LaneAck ack, boolean byReceipt) {}

    LaneTrack(LaneKey key, int order, Digest genesis) {
        this.key = key;
        this.order = order;
        this.genesis = genesis;
        this.headHash = genesis;
    }

    LaneHead head() {
        return new LaneHead(key.epoch(), key.lane(), headSeq, headHash);
    }

    /** Forgets what the hub holds: a new hub epoch, or a new connection. */
    void forgetHub() {
        confirmed = false;
        parked = false;
        ackSeq = 0;
        heldBeyond = List.of();
        inFlight.clear();
        toVerify = Optional.empty();
    }

    /** The hash of record {@code seq}, if it is known without reading. */
    Optional<Digest> hashAt(long seq) {
        if (seq == 0) {
            return Optional.of(genesis);
        }
        return seq == headSeq ? Optional.of(headHash) : Optional.ofNullable(known.get(seq));
    }

    void remember(long seq, Digest hash) {
        known.put(seq, hash);
        if (known.size() > KNOWN_HASHES_MAX) {
            known.pollFirstEntry();
        }
    }

    /** The first run of records that neither the hub holds nor is under way. */
    Optional<SeqRange> nextUnsent() {
        long seq = ackSeq + 1;
        boolean moved = true;
        while (moved && seq <= headSeq) {
            moved = false;
            for (SeqRange held : heldBeyond) {
                if (held.contains(seq)) {
                    seq = held.last() + 1;
                    moved = true;
                }
            }
            Map.Entry<Long, InFlight> sent = inFlight.floorEntry(seq);
            if (sent != null && sent.getValue().range.contains(seq)) {
                seq = sent.getValue().range.last() + 1;
                moved = true;
            }
        }
        if (seq > headSeq) {
            return Optional.empty();
        }
        long last = headSeq;
        for (SeqRange held : heldBeyond) {
            if (held.first() > seq) {
                last = Math.min(last, held.first() - 1);
            }
        }
        Long nextSent = inFlight.higherKey(seq);
        return Optional.of(
                new SeqRange(seq, nextSent == null ? last : Math.min(last, nextSent - 1)));
    }

    /** All is sent and held, by the Cursor's word, but the receipt that says so was lost. */
    boolean awaitsReceipt() {
        return confirmed && !parked && r1Seq < headSeq && ackSeq == headSeq && inFlight.isEmpty();
    }

    /** Drops bundles that the hub holds in full. Returns them. */
    List<InFlight> dropHeld() {
        List<InFlight> done = new ArrayList<>();
        inFlight.values()
                .removeIf(
                        sent -> {
                            boolean held = holds(sent.range);
                            if (held) {
                                done.add(sent);
                            }
                            return held;
                        });
        return done;
    }

    private boolean holds(SeqRange range) {
        return range.last() <= ackSeq
                || heldBeyond.stream()
                        .anyMatch(
                                held ->
                                        held.first() <= range.first()
                                                && range.last() <= held.last());
    }
}
