package io.invigil.protocol.receipt;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.util.List;
import java.util.Objects;

/**
 * What a node says first on every connection (XSP/1 section 5), signed as {@link
 * MessageType#HELLO}. Published retained on {@code state}.
 *
 * @param epoch the running process
 * @param nonce 32 hexadecimal digits, fresh for each Hello
 * @param heads lanes it asks about; lanes beyond {@link #HEADS_MAX} follow in the next Hello
 * @param proof the highest receipt as {@link SignedMessage} bytes, empty when there is none: a
 *     restored hub learns from its own signature that it has forgotten
 */
@SuppressWarnings("ArrayRecordComponent")
public record Hello(
        Realm realm,
        NodeId node,
        EpochId epoch,
        String nonce,
        List<LaneHead> heads,
        byte[] proof,
        NodeBelief belief,
        ClockEvidence clock) {
    public static final int HEADS_MAX = 64;
    public static final int PROOF_BYTES_MAX = 28 * 1024;
    public static final int NONCE_BYTES = 16;

    public Hello {
        Objects.requireNonNull(realm);
        Objects.requireNonNull(node);
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(belief);
        Objects.requireNonNull(clock);
        heads = List.copyOf(heads);
        if (heads.size() > HEADS_MAX
                || proof.length > PROOF_BYTES_MAX
                || nonce.length() != 2 * NONCE_BYTES) {
            throw new IllegalArgumentException("a Hello is limited in its lists");
        }
    }
}
