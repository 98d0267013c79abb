package io.invigil.hub.audit;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.AuditStore.Head;
import io.invigil.protocol.crypto.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Moves recorded entries into the log: numbered by id, chained, signed (protocol, section 6). It
 * takes what is committed and removes exactly what it took, so an entry whose transaction commits
 * after one with a higher id is found in a later round (fault row 88). On Derby a round waits for
 * open transactions that recorded something.
 *
 * <p>Several instances may run it on one database: a lease lets one at a time work. Thread-safe.
 */
public final class AuditSealer implements AutoCloseable {
    /** Entries sealed in one transaction. */
    public static final int BATCH_MAX = 1_000;

    /** Transactions of one round; what remains waits for the next. */
    public static final int BATCHES_MAX = 200;

    static final Duration EVERY = Duration.ofSeconds(1);
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(AuditSealer.class.getName());

    private final Database database;
    private final String instance;
    private final SigningKey key;
    private final AuditAnchor anchor;
    private final AuditStore store = new AuditStore();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Thread thread;

    /**
     * @param instance name of this hub instance, different for each
     * @param key signs the newest entry of a round
     * @param anchor where the newest seal is kept outside the database
     */
    public AuditSealer(Database database, String instance, SigningKey key, AuditAnchor anchor) {
        this.database = database;
        this.instance = instance;
        this.key = key;
        this.anchor = anchor;
    }

    /** Begins a round every second on a thread of its own. */
    public synchronized void start() {
        thread = Thread.ofPlatform().name("audit-sealer").daemon(true).start(this::run);
    }

    private void run() {
        try {
            while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    round();
                } catch (RuntimeException failure) {
                    // the entries stay in the inbox for the next round
                    LOG.log(System.Logger.Level.WARNING, "the audit was not sealed", failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Seals what is committed now.
     *
     * @return how many entries; 0 also while another instance has the lease
     */
    public synchronized int round() {
        int sealed = 0;
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            int count = seal();
            sealed += count;
            if (count < BATCH_MAX) {
                break;
            }
        }
        return sealed;
    }

    private record Sealed(int count, List<AuditSeal> seals) {}

    private int seal() {
        Sealed sealed =
                database.inTransaction(
                        tx ->
                                store.lease(tx, instance, tx.at().plus(LEASE))
                                        ? seal(tx, store.inbox(tx, BATCH_MAX))
                                        : new Sealed(0, List.of()));
        sealed.seals().forEach(anchor::keep);
        return sealed.count();
    }

    private Sealed seal(Tx tx, List<AuditEntry> inbox) {
        if (inbox.isEmpty()) {
            return new Sealed(0, List.of());
        }
        Instant now = tx.at();
        Map<Long, Head> heads = new TreeMap<>();
        List<AuditEntry> sealed = new ArrayList<>(inbox.size());
        for (AuditEntry entry : inbox) {
            long tenant = entry.actor().tenant();
            Head head = heads.computeIfAbsent(tenant, any -> store.head(tx, tenant));
            AuditEntry chained = entry.chained(head.number() + 1, head.hash());
            heads.put(tenant, new Head(chained.number(), chained.hash()));
            sealed.add(chained);
        }
        store.seal(tx, sealed, now);
        List<AuditSeal> seals = new ArrayList<>();
        heads.forEach(
                (tenant, head) -> {
                    AuditSeal seal = AuditSeal.sign(key, tenant, head.number(), head.hash(), now);
                    store.head(tx, tenant, head);
                    store.add(tx, seal);
                    seals.add(seal);
                });
        return new Sealed(sealed.size(), seals);
    }

    /** Seals once more and lets another instance begin at once. */
    @Override
    public void close() {
        stopped.countDown();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null) {
                running.join(LEASE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        round();
        database.useTransaction(tx -> store.giveLeaseUp(tx, instance));
    }
}
