package io.invigil.testkit;

import io.invigil.appliance.config.Secret;
import io.invigil.appliance.db.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server for the whole test JVM; it stops with the JVM. */
public final class PostgresServer {
    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Holder: starting takes five seconds, so only tests that need it pay. */
    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static PostgresServer start() {
        try {
            // commits are as real as in production, only the disk need not be
            return new PostgresServer(
                    EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "off")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("max_connections", "200")
                            .start());
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL does not start", failure);
        }
    }

    /** Creates an empty database and returns how to open it. */
    public DatabaseSettings newDatabase() {
        String name = "t" + databases.incrementAndGet();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot create a test database", failure);
        }
        return new DatabaseSettings.Postgres(
                server.getJdbcUrl("postgres", name), "postgres", Secret.of("postgres"), 8);
    }
}
