package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import java.util.List;

/**
 * Turns stored facts into a feature's own tables (XSP/1 section 6).
 *
 * <p>Called after the fact was stored and receipted, in a transaction of its own kind, by one
 * thread at a time over all hub instances. Facts of one node and epoch come in ascending position
 * among those stored; a lane that lags behind (pictures over night) comes later, so what depends on
 * two lanes must not depend on their order. Each fact comes at least once: apply must be
 * idempotent, by the key (node, epoch, lane, seq).
 *
 * <p>A throwing projection parks that record for itself with the exception as reason; the other
 * facts and projections go on (fault row 87), and the record is given again when staff ask for it
 * after the fix.
 */
public interface FactProjection {

    /** Stable name, {@code [a-z-]{1,40}}: the key of its progress. */
    String name();

    /** Applies one fact; facts of no interest are ignored. */
    void apply(Tx tx, IngestedFact fact);

    /**
     * Applies facts that come together, in their order and in one transaction. A projection that
     * overrides it uses one statement for many facts; should it throw, nothing is kept and each
     * fact is given to {@link #apply} by itself.
     */
    default void applyAll(Tx tx, List<IngestedFact> facts) {
        facts.forEach(fact -> apply(tx, fact));
    }
}
