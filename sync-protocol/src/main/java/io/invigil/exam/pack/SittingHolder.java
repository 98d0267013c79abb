package io.invigil.exam.pack;

import io.invigil.protocol.paper.ReleaseCode;
import java.util.Optional;
import java.util.Set;

/**
 * Which node may hold a sitting with all its attempts. The package is the grant: the centre signs a
 * sitting into the package of one node, and into another's only once the first has released it as a
 * fact of its own, or by its code told by two officials, or its keys are revoked. So two nodes that
 * do not hear of each other can never both spend an attempt (domain, section 11).
 */
public final class SittingHolder {
    private SittingHolder() {}

    /**
     * What a node that gave a sitting up says to the centre where no line is: each of two officials
     * tells one half, of which no account at node or hub sees or enters both.
     *
     * @param handoverKey of the holder's package
     */
    public static ReleaseCode handoverCode(byte[] handoverKey, String exam, long sitting) {
        return ReleaseCode.derived(handoverKey, "xsp1 handover\n" + exam + "\n" + sitting);
    }

    /**
     * @param node that asks
     * @param holder node whose package listed the sitting last; empty before the first package
     * @param released nodes that have released the sitting, for good
     * @param holderRevoked whether the holder's keys count no more
     */
    public static boolean mayHold(
            String node, Optional<String> holder, Set<String> released, boolean holderRevoked) {
        if (released.contains(node)) {
            return false;
        }
        return holder.isEmpty()
                || holder.get().equals(node)
                || released.contains(holder.get())
                || holderRevoked;
    }
}
