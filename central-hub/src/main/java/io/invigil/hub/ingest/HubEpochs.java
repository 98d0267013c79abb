package io.invigil.hub.ingest;

import io.invigil.appliance.db.Database;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.receipt.HubEpoch;
import java.time.Clock;

/** The hub's memory as a whole (XSP/1 section 6). Stateless. */
public final class HubEpochs {
    private HubEpochs() {}

    /** The epoch a database is in. */
    public static HubEpoch current(
            Database database, TenantId tenant, Clock clock, Entropy entropy) {
        return new SqlHubStore(database, tenant, clock, entropy).inTransaction(tx -> tx.hubEpoch());
    }

    /**
     * Opens the next epoch in a database that came from a backup: receipts given after the backup
     * are not known to it, and must not be taken for this hub's word any more (fault row 38).
     */
    public static HubEpoch openNext(
            Database database, TenantId tenant, Clock clock, Entropy entropy) {
        return new SqlHubStore(database, tenant, clock, entropy)
                .inTransaction(
                        tx -> {
                            HubEpoch current = tx.hubEpoch();
                            return tx.openHubEpoch(current, current.next(entropy));
                        });
    }
}
