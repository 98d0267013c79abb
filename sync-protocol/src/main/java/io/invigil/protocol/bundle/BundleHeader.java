package io.invigil.protocol.bundle;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.SeqRange;
import java.util.Objects;

/**
 * The clear part of a bundle: routing only. JSON in its one spelling, at most {@link #BYTES_MAX}.
 *
 * @param v 1
 * @param suite the realm's suite, never negotiated
 * @param sealKeyId which key of the hub opens the body
 */
public record BundleHeader(
        int v,
        String suite,
        Realm realm,
        NodeId node,
        EpochId epoch,
        Lane lane,
        long seqFirst,
        long seqLast,
        Digest sealKeyId) {
    public static final int VERSION = 1;
    public static final int BYTES_MAX = 2 * 1024;

    public BundleHeader {
        Objects.requireNonNull(realm);
        Objects.requireNonNull(node);
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(lane);
        Objects.requireNonNull(sealKeyId);
        if (v != VERSION || !suite.equals(Suite.ED25519_X25519_AES256GCM)) {
            throw new IllegalArgumentException("not a version or suite of this realm");
        }
        new SeqRange(seqFirst, seqLast);
    }

    public LaneKey key() {
        return new LaneKey(epoch, lane);
    }

    public SeqRange range() {
        return new SeqRange(seqFirst, seqLast);
    }
}
