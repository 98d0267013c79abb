package io.invigil.hub.importjob;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Accepts files, keeps them in the database, and takes their rows on a thread of its own. Several
 * hub instances may do so on one database: a lease lets one at a time work on a job. Thread-safe;
 * importers are registered before {@link #start}.
 */
public final class ImportJobs implements AutoCloseable {
    /** A file up to this size is taken while its sender waits. */
    public static final long AT_ONCE_BYTES_MAX = 512L * 1024;

    /** How often a job is begun without any progress before it is given up. */
    public static final int ATTEMPTS_MAX = 5;

    static final int PART_BYTES = 1024 * 1024;

    private static final Duration STORING = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long POLL_SECONDS = 2;
    private static final int FOUND_MAX = 20;
    private static final System.Logger LOG = System.getLogger(ImportJobs.class.getName());

    private final Database database;
    private final Clock clock;
    private final ImportFiles files;
    private final String instance;
    private final ImportSteps steps;
    private final Map<ImportKind, Importer> importers = new EnumMap<>(ImportKind.class);
    private final ImportJobStore store = new ImportJobStore();
    private final ImportRecords records = new ImportRecords();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopping;
    private Thread thread;

    /**
     * @param directory for a stored file while it is read
     * @param instance name of this hub instance, different for each
     */
    public ImportJobs(Database database, Clock clock, Path directory, String instance) {
        this.database = database;
        this.clock = clock;
        this.files = new ImportFiles(database, directory);
        this.instance = instance;
        this.steps = new ImportSteps(database);
    }

    /** For a process that embeds the rules and imports one file that it has itself. */
    public static ImportJobs of(Database database, Clock clock, ImportFile file) {
        return new ImportJobs(database, clock, file.path().toAbsolutePath().getParent(), "own");
    }

    /** Says what a kind of import does. */
    public ImportJobs register(ImportKind kind, Importer importer) {
        importers.put(kind, importer);
        return this;
    }

    /**
     * Stores the file and answers with its record. A small file is taken before this returns; a
     * large one afterwards, see {@link #progress}. While the same file is being taken already, its
     * record is answered.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecordId submit(ImportOrder order, ImportFile file) throws IOException {
        boolean atOnce = Files.size(file.path()) <= AT_ONCE_BYTES_MAX;
        Accepted accepted = accept(order, file, atOnce);
        if (accepted.job().isPresent()) {
            if (atOnce) {
                carry(order, accepted.job().get(), file);
            } else {
                news.release();
            }
        }
        return accepted.record();
    }

    /**
     * Stores the file, takes all of it and answers with the finished record; for processes that
     * embed the hub's rules.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord run(ImportOrder order, ImportFile file) throws IOException {
        Accepted accepted = accept(order, file, true);
        if (accepted.job().isPresent()) {
            carry(order, accepted.job().get(), file);
        }
        TenantId tenant = order.scope().tenant();
        return database.inTransaction(tx -> records.find(tx, tenant, accepted.record()))
                .orElseThrow();
    }

    /** {@code job} is empty when the file is being taken already. */
    private record Accepted(ImportRecordId record, Optional<ImportJob> job) {}

    private Accepted accept(ImportOrder order, ImportFile file, boolean claimed)
            throws IOException {
        importer(order.kind());
        Accepted accepted = database.inTransaction(tx -> begin(tx, order, file));
        if (accepted.job().isPresent()) {
            ImportJob job = accepted.job().get();
            files.store(job, file.path());
            database.useTransaction(
                    tx ->
                            store.stored(
                                    tx,
                                    job,
                                    claimed ? instance : "",
                                    claimed ? tx.at().plus(ImportSteps.LEASE) : Instant.EPOCH));
        }
        return accepted;
    }

    private Accepted begin(Tx tx, ImportOrder order, ImportFile file) {
        var scope = order.scope();
        var organisation = scope.organisation().id();
        ImportRecordId id = records.begin(tx, scope.tenant());
        Optional<ImportRecordId> same =
                store.same(tx, order, organisation, order.kind(), file.digest().hex());
        if (same.isPresent()) {
            return new Accepted(same.get(), Optional.empty());
        }
        records.add(
                tx,
                new ImportRecord(
                        scope.tenant(),
                        id,
                        organisation,
                        order.kind(),
                        file.name(),
                        file.digest().hex(),
                        scope.login(),
                        Instant.ofEpochMilli(clock.millis()),
                        0,
                        0,
                        0,
                        0,
                        "",
                        "",
                        ""),
                List.of());
        ImportJob job =
                new ImportJob(
                        scope.tenant(),
                        id,
                        order.plan(),
                        order.level(),
                        scope.role().code(),
                        scope.address(),
                        false,
                        -1,
                        0,
                        1,
                        instance,
                        tx.at().plus(STORING));
        store.add(tx, job);
        return new Accepted(id, Optional.of(job));
    }

    private Importer importer(ImportKind kind) {
        return Optional.ofNullable(importers.get(kind))
                .orElseThrow(() -> new IllegalArgumentException("nothing imports " + kind));
    }

    /** Takes the rows that are not taken yet. */
    private void carry(ImportOrder order, ImportJob job, ImportFile file) throws IOException {
        switch (importer(order.kind()).open(order, file)) {
            case Importer.Opening.Refused refused -> end(job, refused.code(), refused.detail());
            case Importer.Opening.Opened opened -> {
                try (ImportRun run = opened.run()) {
                    database.useTransaction(
                            tx -> {
                                store.total(tx, job, run.rows());
                                run.remark()
                                        .ifPresent(
                                                code ->
                                                        records.remark(
                                                                tx,
                                                                job.tenant(),
                                                                job.record(),
                                                                code));
                            });
                    int row = job.done();
                    while (row < run.rows() && !stopping) {
                        row = steps.step(job, run, row);
                    }
                    if (row < run.rows()) {
                        database.useTransaction(tx -> store.release(tx, job, Instant.EPOCH));
                    }
                }
            }
        }
    }

    private void end(ImportJob job, String refusal, String detail) {
        database.useTransaction(
                tx -> {
                    records.refuse(tx, job.tenant(), job.record(), refusal, detail);
                    store.remove(tx, job);
                });
    }

    /** How far an import is; empty when it is finished. */
    public Optional<ImportProgress> progress(Tx tx, TenantId tenant, ImportRecordId record) {
        return store.find(tx, tenant, record).map(job -> progress(tx, job));
    }

    /** How far the unfinished imports of a tenant are. */
    public Map<ImportRecordId, ImportProgress> unfinished(Tx tx, TenantId tenant) {
        Map<ImportRecordId, ImportProgress> all = new HashMap<>();
        store.unfinished(tx, tenant).forEach((id, job) -> all.put(id, progress(tx, job)));
        return all;
    }

    private static ImportProgress progress(Tx tx, ImportJob job) {
        return new ImportProgress(
                job.done(),
                job.total() < 0 ? OptionalInt.empty() : OptionalInt.of(job.total()),
                !job.leaseUntil().isAfter(tx.at()));
    }

    /** Takes up what an earlier process left, and begins to wait for files. */
    public synchronized void start() {
        if (database.dialect() == Dialect.DERBY) {
            // an embedded database is open in this process only: whoever held a lease is gone
            database.useTransaction(store::releaseAll);
        }
        thread = Thread.ofPlatform().name("imports").daemon(true).start(this::work);
    }

    private void work() {
        try {
            while (!stopping) {
                try {
                    round();
                } catch (RuntimeException failure) {
                    // the jobs stay for the next round
                    LOG.log(System.Logger.Level.WARNING, "no import was looked for", failure);
                }
                news.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS);
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes every file that nobody works on, oldest first.
     *
     * @return how many were worked on
     */
    public int round() {
        int worked = 0;
        for (ImportJob job : database.inTransaction(tx -> store.free(tx, tx.at(), FOUND_MAX))) {
            boolean claimed =
                    !stopping
                            && database.inTransaction(
                                    tx ->
                                            store.claim(
                                                    tx,
                                                    job,
                                                    instance,
                                                    tx.at().plus(ImportSteps.LEASE)));
            if (claimed) {
                worked++;
                attempt(
                        database.inTransaction(tx -> store.find(tx, job.tenant(), job.record()))
                                .orElseThrow());
            }
        }
        return worked;
    }

    private void attempt(ImportJob job) {
        if (!job.stored()) {
            // its sender went away: nothing was taken, nobody saw the record's number
            database.useTransaction(
                    tx -> {
                        store.remove(tx, job);
                        records.forget(tx, job.tenant(), job.record());
                    });
            return;
        }
        if (job.attempts() > ATTEMPTS_MAX) {
            end(job, ImportIssue.IMPORT_BROKEN.name(), "");
            return;
        }
        try {
            ImportOrder order = files.order(job);
            Path file = files.restore(job);
            try {
                carry(order, job, files.named(job, file));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (ImportSteps.ImportJobLost lost) {
            LOG.log(System.Logger.Level.INFO, lost.getMessage());
        } catch (IOException | RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "import " + job.record() + " is tried again later",
                    failure);
            database.useTransaction(tx -> store.release(tx, job, tx.at().plus(PAUSE)));
        }
    }

    /** Stops after the running step; the rest is taken by the next process. */
    @Override
    public void close() {
        stopping = true;
        news.release();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null) {
                running.join(ImportSteps.LEASE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
