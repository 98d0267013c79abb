package io.invigil.appliance.db;

import io.invigil.protocol.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Brings the tables to the state of the program: every file not yet applied runs once, in the order
 * of its number, each in its own transaction with its row in {@code schema_migration}.
 *
 * <p>Refused with {@link MigrationRefused}: an applied file that changed or is missing, two files
 * with one number, a new file numbered below an applied one. Several processes may start at once on
 * PostgreSQL: a table lock orders them.
 *
 * <p>A file is SQL with each statement ended by a semicolon at the end of a line; {@code --}
 * comments stand on lines of their own.
 */
public final class Migrations {
    private static final Pattern FILE = Pattern.compile("V(\\d{3})__([a-z0-9_]{1,60})\\.sql");

    private final Database database;
    private final Clock clock;

    public Migrations(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    record Script(int version, String name, String text, Digest checksum) {}

    public record Applied(int version, String name, Digest checksum) {}

    /**
     * Applies what is missing, source after source.
     *
     * @return the names of the files applied now, such as "hub/V012__seat_swap"
     */
    public List<String> apply(MigrationSource... sources) {
        createTable();
        List<String> names = new ArrayList<>();
        for (MigrationSource source : sources) {
            Map<Integer, Script> scripts = scripts(source);
            for (Script script : scripts.values()) {
                if (database.inTransaction(tx -> applyNext(tx, source, scripts, script))) {
                    names.add(source.namespace() + "/" + fileName(script.version, script.name));
                }
            }
            database.useTransaction(tx -> check(source, scripts, applied(tx, source)));
        }
        return names;
    }

    private boolean applyNext(
            Tx tx, MigrationSource source, Map<Integer, Script> scripts, Script script) {
        tx.update("lock table schema_migration in exclusive mode").execute();
        Map<Integer, Applied> applied = applied(tx, source);
        check(source, scripts, applied);
        if (applied.containsKey(script.version)) {
            return false;
        }
        for (String statement : statements(script.text)) {
            try (Statement plain = tx.handle().getConnection().createStatement()) {
                plain.execute(statement);
            } catch (SQLException failure) {
                if (tx.dialect().isRetryable(failure)) {
                    throw new IllegalStateException("to be run again", failure);
                }
                throw new MigrationRefused(
                        source.namespace(),
                        fileName(script.version, script.name)
                                + " failed: "
                                + failure.getMessage()
                                + " in: "
                                + statement,
                        failure);
            }
        }
        tx.update(
                        """
                        insert into schema_migration (namespace, version, name, checksum, applied_at)
                        values (:namespace, :version, :name, :checksum, :now)
                        """)
                .bind("namespace", source.namespace())
                .bind("version", script.version)
                .bind("name", script.name)
                .bind("checksum", script.checksum)
                .bind("now", clock.instant())
                .execute();
        return true;
    }

    private static void check(
            MigrationSource source, Map<Integer, Script> scripts, Map<Integer, Applied> applied) {
        int highest = 0;
        for (Applied row : applied.values()) {
            highest = row.version();
            Script script = scripts.get(row.version());
            String file = fileName(row.version(), row.name());
            if (script == null || !script.name.equals(row.name())) {
                throw new MigrationRefused(
                        source.namespace(),
                        file
                                + " was applied to this database but is missing from the program"
                                + " (is the program older than its data?)");
            }
            if (!script.checksum.equals(row.checksum())) {
                throw new MigrationRefused(
                        source.namespace(),
                        file
                                + " was changed after it had been applied to this database:"
                                + " restore the file and put the change into a new one");
            }
        }
        for (Script script : scripts.values()) {
            if (script.version < highest && !applied.containsKey(script.version)) {
                throw new MigrationRefused(
                        source.namespace(),
                        fileName(script.version, script.name)
                                + " is new but numbered below the applied V%03d: give it a"
                                        .formatted(highest)
                                + " higher number");
            }
        }
    }

    private static String fileName(int version, String name) {
        return "V%03d__%s".formatted(version, name);
    }

    private Map<Integer, Script> scripts(MigrationSource source) {
        Map<Integer, Script> scripts = new TreeMap<>();
        for (MigrationSource.ScriptFile file : source.scripts(database.dialect())) {
            Matcher matcher = FILE.matcher(file.name());
            if (!matcher.matches()) {
                throw new MigrationRefused(
                        source.namespace(), file.name() + " is not named like V012__seat_swap.sql");
            }
            // a checkout with other line ends is the same migration
            String text = file.text().replace("\r\n", "\n");
            int version = Integer.parseInt(matcher.group(1));
            Script script =
                    new Script(
                            version,
                            matcher.group(2),
                            text,
                            Digest.sha256(text.getBytes(StandardCharsets.UTF_8)));
            Script other = scripts.put(version, script);
            if (other != null) {
                throw new MigrationRefused(
                        source.namespace(),
                        fileName(version, other.name)
                                + " and "
                                + fileName(version, script.name)
                                + " have the same number");
            }
        }
        return scripts;
    }

    /** Splits at semicolons that end a line; comment lines are left out. */
    static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : text.split("\n")) {
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("--")) {
                continue;
            }
            if (stripped.endsWith(";")) {
                statement.append(stripped, 0, stripped.length() - 1);
                statements.add(statement.toString());
                statement.setLength(0);
            } else {
                statement.append(line.stripTrailing()).append('\n');
            }
        }
        if (!statement.isEmpty()) {
            statements.add(statement.toString());
        }
        return statements;
    }

    private static Map<Integer, Applied> applied(Tx tx, MigrationSource source) {
        Map<Integer, Applied> applied = new TreeMap<>();
        tx.query(
                        """
                        select version, name, checksum from schema_migration
                        where namespace = :namespace
                        """)
                .bind("namespace", source.namespace())
                .map(ConstructorMapper.of(Applied.class))
                .forEach(row -> applied.put(row.version(), row));
        return applied;
    }

    private void createTable() {
        try {
            database.useTransaction(
                    tx -> {
                        if (!tableExists(tx)) {
                            tx.update(
                                            """
                                            create table schema_migration (
                                                namespace varchar(40) not null,
                                                version integer not null,
                                                name varchar(80) not null,
                                                checksum varchar(64) not null,
                                                applied_at bigint not null,
                                                primary key (namespace, version))
                                            """)
                                    .execute();
                        }
                    });
        } catch (RuntimeException failure) {
            // another process starting on the same database may have been faster
            if (!database.inTransaction(Migrations::tableExists)) {
                throw failure;
            }
        }
    }

    private static boolean tableExists(Tx tx) {
        String catalogue =
                switch (tx.dialect()) {
                    case DERBY ->
                            "select count(*) from sys.systables where tablename ="
                                    + " 'SCHEMA_MIGRATION'";
                    case POSTGRESQL ->
                            "select count(*) from pg_tables where tablename = 'schema_migration'"
                                    + " and schemaname = current_schema()";
                };
        return tx.query(catalogue).mapTo(Long.class).one() > 0;
    }
}
