package io.invigil.hub.ingest;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseOverloaded;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.HubStoreUnavailable;
import io.invigil.protocol.hub.HubTx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.JdbiException;

/**
 * A hub's memory whose transactions can be joined: what one worker decides about several messages
 * is committed once (the commit's force is the dear part), each message's work under a savepoint so
 * that a poisonous one leaves nothing behind. Used by one thread.
 */
final class BatchHubStore implements HubStore {
    private final Database database;
    private final TenantId tenant;
    private final Clock clock;
    private final Entropy entropy;
    private final SqlHubStore single;
    private Optional<Tx> joined = Optional.empty();
    private Optional<RuntimeException> broken = Optional.empty();

    BatchHubStore(Database database, TenantId tenant, Clock clock, Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
        this.entropy = entropy;
        this.single = new SqlHubStore(database, tenant, clock, entropy);
    }

    /**
     * Runs work whose inner transactions are one.
     *
     * @param work gets the number of the attempt, from 1: a deadlock makes it run again
     * @throws HubStoreUnavailable when nothing was committed
     */
    <T> T together(IntFunction<T> work) {
        int[] attempt = {0};
        try {
            return database.inTransaction(
                    tx -> {
                        joined = Optional.of(tx);
                        broken = Optional.empty();
                        T result = work.apply(++attempt[0]);
                        if (broken.isPresent()) {
                            // the state machine has swallowed it; the transaction must not commit
                            throw broken.get();
                        }
                        return result;
                    });
        } catch (JdbiException | DatabaseOverloaded failure) {
            throw new HubStoreUnavailable(
                    "nothing was committed: " + failure.getClass().getSimpleName(), failure);
        } finally {
            joined = Optional.empty();
        }
    }

    @Override
    public <T> T inTransaction(Function<HubTx, T> work) {
        if (joined.isEmpty()) {
            return single.inTransaction(work);
        }
        if (broken.isPresent()) {
            throw new HubStoreUnavailable("the transaction is broken", broken.get());
        }
        Tx tx = joined.get();
        try {
            tx.handle().savepoint("message");
            T result = work.apply(new SqlHubTx(tx, tenant, clock.instant(), entropy));
            tx.handle().releaseSavepoint("message");
            return result;
        } catch (JdbiException failure) {
            broken = Optional.of(failure);
            throw new HubStoreUnavailable("the statement failed", failure);
        } catch (RuntimeException poison) {
            tx.handle().rollbackToSavepoint("message");
            throw poison;
        }
    }
}
