package io.invigil.appliance.web.session;

import io.invigil.appliance.db.Database;
import io.invigil.protocol.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in the database, shared by all instances of a hub. Thread-safe. */
public final class SqlSessions implements SessionStore {
    private final Database database;
    private final SessionRowStore rows = new SessionRowStore();

    public SqlSessions(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Session> find(Digest idHash) {
        return database.inTransaction(tx -> rows.find(tx, idHash));
    }

    @Override
    public void save(Session session) {
        database.useTransaction(tx -> rows.insert(tx, session));
    }

    @Override
    public void seen(Digest idHash, Instant now) {
        database.useTransaction(tx -> rows.seen(tx, idHash, now));
    }

    @Override
    public void delete(Digest idHash) {
        database.useTransaction(tx -> rows.delete(tx, idHash));
    }

    @Override
    public List<Session> ofAccount(long tenant, long account) {
        return database.inTransaction(tx -> rows.ofAccount(tx, tenant, account));
    }

    @Override
    public void deleteAccount(long tenant, long account) {
        database.useTransaction(tx -> rows.deleteAccount(tx, tenant, account));
    }

    @Override
    public void deleteExpired(Instant now, Instant idleSince) {
        database.useTransaction(tx -> rows.deleteExpired(tx, now, idleSince));
    }
}
