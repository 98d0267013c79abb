package io.invigil.hub.audit;

import io.invigil.appliance.db.Database;
import io.invigil.protocol.crypto.VerifyKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the sealed log of a tenant. Thread-safe. */
public final class AuditLog {
    /** Entries read in one transaction of a long reading. */
    public static final int READ_AT_ONCE = 1_000;

    private final Database database;
    private final AuditStore store = new AuditStore();

    public AuditLog(Database database) {
        this.database = database;
    }

    /** Entries that match, newest first. */
    public List<AuditEntry> find(long tenant, AuditFilter filter, int offset, int limit) {
        return database.inTransaction(tx -> store.find(tx, tenant, filter, offset, limit));
    }

    /** Entries older than one, newest first: for exports. */
    public List<AuditEntry> after(
            long tenant, AuditFilter filter, Optional<AuditEntry> last, int limit) {
        long before = last.map(AuditEntry::number).orElse(Long.MAX_VALUE);
        return database.inTransaction(tx -> store.before(tx, tenant, filter, before, limit));
    }

    public long count(long tenant, AuditFilter filter) {
        return database.inTransaction(tx -> store.count(tx, tenant, filter));
    }

    /** Kinds of records that the log speaks of. */
    public List<String> subjects(long tenant) {
        return database.inTransaction(tx -> store.subjects(tx, tenant));
    }

    /** Recorded, not yet sealed. */
    public long waiting(long tenant) {
        return database.inTransaction(tx -> store.waiting(tx, tenant));
    }

    /** The newest seal in the database. */
    public Optional<AuditSeal> newestSeal(long tenant) {
        return database.inTransaction(tx -> store.newestSeal(tx, tenant));
    }

    /**
     * Reads the whole log: each entry, and each seal after the entry it covers. Entries sealed
     * meanwhile are read too; entries that no seal covers come last.
     */
    public void readAll(long tenant, Consumer<AuditEntry> entry, Consumer<AuditSeal> seal) {
        long read = 0;
        while (true) {
            // entries and their seal are committed together: a seal that is there has them all
            long sealed = newestSeal(tenant).map(AuditSeal::number).orElse(0L);
            if (sealed <= read) {
                long after = read;
                List<AuditEntry> rest = entries(tenant, after, Long.MAX_VALUE);
                if (newestSeal(tenant).map(AuditSeal::number).orElse(0L) <= read) {
                    rest.forEach(entry);
                    return;
                }
                continue;
            }
            while (read < sealed) {
                read = readPart(tenant, read, sealed, entry, seal);
            }
        }
    }

    private List<AuditEntry> entries(long tenant, long after, long upTo) {
        return database.inTransaction(tx -> store.entries(tx, tenant, after, upTo, READ_AT_ONCE));
    }

    private long readPart(
            long tenant,
            long after,
            long sealed,
            Consumer<AuditEntry> entry,
            Consumer<AuditSeal> seal) {
        List<AuditEntry> part = entries(tenant, after, sealed);
        long upTo = part.size() < READ_AT_ONCE ? sealed : part.getLast().number();
        List<AuditSeal> seals = database.inTransaction(tx -> store.seals(tx, tenant, after, upTo));
        int at = 0;
        for (AuditEntry one : part) {
            while (at < seals.size() && seals.get(at).number() < one.number()) {
                seal.accept(seals.get(at++));
            }
            entry.accept(one);
        }
        seals.subList(at, seals.size()).forEach(seal);
        return upTo;
    }

    /**
     * Verifies the whole log.
     *
     * @param anchor the newest seal known outside the database, read before this call
     */
    public AuditCheck.Result verify(long tenant, VerifyKey key, Optional<AuditSeal> anchor) {
        AuditCheck check = new AuditCheck(key);
        readAll(tenant, check::entry, check::seal);
        return check.end(anchor);
    }
}
