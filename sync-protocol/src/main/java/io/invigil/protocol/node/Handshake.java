package io.invigil.protocol.node;

import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Hello until a Cursor answers: 10 s, backoff with jitter to 60 s (XSP/1 section 5). */
final class Handshake {
    /** A Hello because something looks wrong is sent not more often than this. */
    static final long DOUBT_MILLIS = 10_000;

    static final long ASK_AGAIN_MILLIS = 40_000;

    private final NodeSyncSettings settings;
    private final Backoff backoff;
    private Optional<String> nonce = Optional.empty();
    private long deadline;
    private int tries;
    private long answeredAt;
    private long doubtedAt = -DOUBT_MILLIS;

    Handshake(NodeSyncSettings settings, Backoff backoff) {
        this.settings = settings;
        this.backoff = backoff;
    }

    boolean pending() {
        return nonce.isPresent();
    }

    /** Begins a new question; the first Hello goes out at the next {@link #due}. */
    void begin(long now) {
        nonce = Optional.of(HexFormat.of().formatHex(settings.entropy().bytes(Hello.NONCE_BYTES)));
        deadline = now;
        tries = 0;
    }

    /** Asks now and then even when all is well: a hub restored meanwhile must find out (row 38). */
    void askAgain(long now, boolean receiptsLost) {
        long after = receiptsLost ? DOUBT_MILLIS : ASK_AGAIN_MILLIS;
        if (!pending() && now - answeredAt >= after) {
            begin(now);
        }
    }

    /** Begins a question because of a contradiction, at most every 10 s. */
    void doubt(long now) {
        if (!pending() && now - doubtedAt >= DOUBT_MILLIS) {
            doubtedAt = now;
            begin(now);
        }
    }

    boolean due(long now) {
        return pending() && now >= deadline;
    }

    /** Whether the next Hello is the first of its question. */
    boolean isFirst() {
        return tries == 0;
    }

    boolean answers(String answeredNonce) {
        return nonce.filter(answeredNonce::equals).isPresent();
    }

    void end(long now) {
        nonce = Optional.empty();
        answeredAt = now;
    }

    /** The Hello to send now. */
    NodeEffect hello(SyncTime time, List<LaneHead> heads, byte[] proof, NodeBelief belief) {
        deadline = time.monotonicMillis() + backoff.afterMillis(tries);
        tries++;
        byte[] bytes = signed(nonce.orElseThrow(), time, heads, proof, belief);
        return new NodeEffect.Send(Topics.UpKind.STATE, bytes, true);
    }

    byte[] signed(
            String helloNonce,
            SyncTime time,
            List<LaneHead> heads,
            byte[] proof,
            NodeBelief belief) {
        var hello =
                new Hello(
                        settings.realm(),
                        settings.node(),
                        settings.epoch(),
                        helloNonce,
                        heads,
                        proof.length > Hello.PROOF_BYTES_MAX ? new byte[0] : proof,
                        belief,
                        time.evidence());
        return SignedMessage.sign(MessageType.HELLO, hello, settings.signer()).encode();
    }
}
