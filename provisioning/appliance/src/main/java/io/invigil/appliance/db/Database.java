package io.invigil.appliance.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The open database. Thread-safe; callers may be virtual threads, the statements run on the
 * database's own platform threads.
 */
public final class Database implements AutoCloseable {
    /** How often a transaction is run before a deadlock or serialization failure is reported. */
    public static final int ATTEMPTS_MAX = 8;

    private static final long FIRST_PAUSE_MILLIS = 5;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Dialect dialect;
    private final DatabaseThreads threads;
    private final Clock clock;
    private final Runnable shutdown;

    private Database(
            HikariDataSource pool,
            Dialect dialect,
            DatabaseThreads threads,
            Clock clock,
            Runnable shutdown) {
        this.pool = pool;
        this.clock = clock;
        this.dialect = dialect;
        this.threads = threads;
        this.shutdown = shutdown;
        this.jdbi = Jdbi.create(pool);
        SqlTypes.register(jdbi);
    }

    /**
     * Opens, and for Derby creates, the database.
     *
     * @throws DatabaseRefused for a wrong key or settings that lose committed data
     */
    public static Database open(DatabaseSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    /**
     * As {@link #open(DatabaseSettings)}.
     *
     * @param clock tells transactions when they began, {@link Tx#at}
     */
    public static Database open(DatabaseSettings settings, Clock clock) {
        return switch (settings) {
            case DatabaseSettings.Embedded embedded -> {
                EmbeddedDerby derby = new EmbeddedDerby(embedded);
                DatabaseThreads threads = new DatabaseThreads(embedded.connections());
                threads.call(derby::boot);
                yield new Database(
                        pool(derby.dataSource(), embedded.connections()),
                        Dialect.DERBY,
                        threads,
                        clock,
                        derby::shutdown);
            }
            case DatabaseSettings.Postgres postgres -> {
                HikariConfig config = config(postgres.connections());
                config.setJdbcUrl(postgres.url());
                config.setUsername(postgres.user());
                config.setPassword(postgres.password().reveal());
                Database database =
                        new Database(
                                new HikariDataSource(config),
                                Dialect.POSTGRESQL,
                                new DatabaseThreads(postgres.connections()),
                                clock,
                                () -> {});
                database.refuseAsynchronousCommit();
                yield database;
            }
        };
    }

    public Dialect dialect() {
        return dialect;
    }

    /**
     * Runs the work in a READ COMMITTED transaction and commits. An exception rolls back and is
     * rethrown. After a deadlock or serialization failure the work is run again, so it must have no
     * effects outside the transaction; those belong into {@link Tx#afterCommit}.
     *
     * @throws IllegalStateException when called inside a transaction: pass the {@link Tx} on
     */
    public <T> T inTransaction(Function<Tx, T> work) {
        if (DatabaseThreads.isInside()) {
            throw new IllegalStateException("a transaction is open here: pass its Tx on");
        }
        Done<T> done = threads.call(() -> attempt(work));
        done.tx().actionsAfterCommit().forEach(Runnable::run);
        return done.value();
    }

    /** {@link #inTransaction} without a result. */
    public void useTransaction(Consumer<Tx> work) {
        inTransaction(
                tx -> {
                    work.accept(tx);
                    return Boolean.TRUE;
                });
    }

    /**
     * Writes a consistent copy of the embedded database while it is used; the copy opens with the
     * same key. Transactions go on meanwhile; those that commit after the end are not in it.
     *
     * @param directory what becomes the copy; absent, its parent exists
     * @throws DatabaseRefused when the copy cannot be made, or the database is not embedded
     */
    public void copyInto(Path directory) {
        if (dialect != Dialect.DERBY) {
            throw new DatabaseRefused("only an embedded database is copied by this process");
        }
        Path parent = directory.resolveSibling(directory.getFileName() + ".copy");
        try {
            Files.createDirectory(parent);
            threads.call(
                    () ->
                            jdbi.withHandle(
                                    handle ->
                                            handle.createCall(
                                                            "call syscs_util"
                                                                    + ".syscs_backup_database(:to)")
                                                    .bind("to", parent.toString())
                                                    .invoke()));
            // Derby makes a directory of the database's own name in it
            try (var copies = Files.list(parent)) {
                Files.move(copies.filter(Files::isDirectory).findFirst().orElseThrow(), directory);
            }
            Files.delete(parent);
        } catch (IOException | JdbiException failure) {
            throw new DatabaseRefused("the database was not copied into " + directory, failure);
        }
    }

    private record Done<T>(T value, Tx tx) {}

    private <T> Done<T> attempt(Function<Tx, T> work) {
        RuntimeException first = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(
                        handle -> {
                            Tx tx = new Tx(handle, dialect, clock.instant());
                            T value = work.apply(tx);
                            tx.complete();
                            return new Done<>(value, tx);
                        });
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
                if (!isRetryable(failure)) {
                    throw failure;
                }
                if (attempt == ATTEMPTS_MAX) {
                    throw first;
                }
            }
            pause(attempt);
        }
    }

    private boolean isRetryable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && dialect.isRetryable(sql)) {
                return true;
            }
        }
        return false;
    }

    private static void pause(int attempt) {
        long ceiling = FIRST_PAUSE_MILLIS << Math.min(attempt, 6);
        long millis = 1 + ThreadLocalRandom.current().nextLong(ceiling);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void refuseAsynchronousCommit() {
        String mode =
                inTransaction(tx -> tx.query("show synchronous_commit").mapTo(String.class).one());
        if (mode.equals("off")) {
            close();
            throw new DatabaseRefused("synchronous_commit is off: commits could be lost");
        }
    }

    private static HikariDataSource pool(DataSource source, int connections) {
        HikariConfig config = config(connections);
        config.setDataSource(source);
        return new HikariDataSource(config);
    }

    private static HikariConfig config(int connections) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setPoolName("invigil");
        return config;
    }

    /** Waits for running transactions, then closes; Derby writes its checkpoint. */
    @Override
    public void close() {
        threads.close();
        pool.close();
        shutdown.run();
    }
}
