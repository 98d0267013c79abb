package io.invigil.testkit;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every test of a store on both databases. The tests stand in an abstract class; two nested
 * classes say where they run:
 *
 * <pre>{@code
 * class SeatStoreTest {
 *     @Nested class OnDerby extends Contract { OnDerby() { super(Dialect.DERBY); } }
 *     @Nested class OnPostgresql extends Contract { OnPostgresql() { super(Dialect.POSTGRESQL); } }
 *
 *     abstract static class Contract extends StoreContract {
 *         Contract(Dialect dialect) { super(dialect, new MigrationSource("hub", HubMain.class)); }
 *
 *         @Test void keepsASeat() { database().useTransaction(tx -> …); }
 *     }
 * }
 * }</pre>
 *
 * <p>One PostgreSQL server per JVM; every class has a fresh, migrated database, shared by the tests
 * of the class: use own tenants or ids per test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract {
    private final Dialect dialect;
    private final MigrationSource[] sources;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path directory;

    private Database database;

    /**
     * @param sources migrations beside those of the appliance, which always run first
     */
    protected StoreContract(Dialect dialect, MigrationSource... sources) {
        this.dialect = dialect;
        this.sources = sources.clone();
    }

    @BeforeAll
    void openDatabase() {
        database = fresh(dialect, directory.resolve(getClass().getSimpleName()));
        Migrations migrations = new Migrations(database, Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(sources);
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }

    /** A fresh empty database, for tests that are not store contracts. */
    public static Database fresh(Dialect dialect, Path directory) {
        return Database.open(
                switch (dialect) {
                    case DERBY ->
                            DatabaseSettings.embedded(
                                    directory, new byte[DatabaseSettings.Embedded.KEY_BYTES]);
                    case POSTGRESQL -> PostgresServer.shared().newDatabase();
                });
    }

    protected final Database database() {
        return database;
    }

    protected final Dialect dialect() {
        return dialect;
    }
}
