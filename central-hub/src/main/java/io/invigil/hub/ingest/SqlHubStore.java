package io.invigil.hub.ingest;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseOverloaded;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.HubStoreUnavailable;
import io.invigil.protocol.hub.HubTx;
import java.time.Clock;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/**
 * The hub's memory on SQL (XSP/1 section 6). The commit of the database is the grade R1: Derby
 * forces its log, PostgreSQL is refused at start with asynchronous commit. Thread-safe.
 */
public final class SqlHubStore implements HubStore {
    private final Database database;
    private final TenantId tenant;
    private final Clock clock;
    private final Entropy entropy;

    /**
     * @param entropy makes the first hub epoch of a new database
     */
    public SqlHubStore(Database database, TenantId tenant, Clock clock, Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
        this.entropy = entropy;
    }

    @Override
    public <T> T inTransaction(Function<HubTx, T> work) {
        try {
            return database.inTransaction(
                    tx -> work.apply(new SqlHubTx(tx, tenant, clock.instant(), entropy)));
        } catch (JdbiException | DatabaseOverloaded failure) {
            // what the work itself throws goes through: it is a defect, not a missing database
            throw new HubStoreUnavailable(
                    "nothing was committed: " + failure.getClass().getSimpleName(), failure);
        }
    }
}
