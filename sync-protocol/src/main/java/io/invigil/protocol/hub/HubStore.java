package io.invigil.protocol.hub;

import java.util.function.Function;

/** The hub's memory: transactions over {@link HubTx}. Thread-safe. */
public interface HubStore {

    /**
     * Runs work in one transaction and commits with synchronous flush. The work may run again after
     * a serialization failure: it has no effects but those on the transaction.
     *
     * @throws HubStoreUnavailable when nothing was committed
     */
    <T> T inTransaction(Function<HubTx, T> work);
}
