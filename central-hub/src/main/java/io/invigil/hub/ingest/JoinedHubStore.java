package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.HubTx;
import java.time.Instant;
import java.util.function.Function;

/** A hub's memory inside a transaction that is open already. Used by its thread. */
final class JoinedHubStore implements HubStore {
    private final HubTx joined;

    JoinedHubStore(Tx tx, TenantId tenant, Instant now, Entropy entropy) {
        this.joined = new SqlHubTx(tx, tenant, now, entropy);
    }

    @Override
    public <T> T inTransaction(Function<HubTx, T> work) {
        return work.apply(joined);
    }
}
