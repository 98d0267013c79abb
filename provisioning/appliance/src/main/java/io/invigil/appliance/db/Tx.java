package io.invigil.appliance.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * One open transaction. Stores take it as their first argument; it must not leave the function
 * given to {@link Database#inTransaction}. Used by one thread.
 *
 * <p>SQL has named parameters ({@code :name}), see {@link io.invigil.appliance.db} for the types.
 */
public final class Tx {
    private static final int BATCH_ROWS = 1_000;

    private final Handle handle;
    private final Dialect dialect;
    private final Instant at;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(Handle handle, Dialect dialect, Instant at) {
        this.handle = handle;
        this.dialect = dialect;
        this.at = at;
    }

    /** When this transaction began, by the clock that the database was opened with. */
    public Instant at() {
        return at;
    }

    /** A query; read it with {@code map}/{@code mapTo} and {@code list()}, {@code findOne()}…. */
    public Query query(String sql) {
        return handle.createQuery(sql);
    }

    /** An insert, update, delete or DDL statement. */
    public Update update(String sql) {
        return handle.createUpdate(sql);
    }

    /** Many executions of one statement; {@code add()} after each row's binds. */
    public PreparedBatch batch(String sql) {
        return handle.prepareBatch(sql);
    }

    /** Sets the parameters of one row, counted from 1. */
    @FunctionalInterface
    public interface RowValues<T> {
        void set(PreparedStatement statement, T row) throws SQLException;
    }

    /**
     * Executes one statement for each of many rows, in batches. Parameters are question marks:
     * names cost more than the insert itself where rows come by the hundred thousand.
     */
    public <T> void many(String sql, List<T> rows, RowValues<? super T> values) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            if (rows.size() == 1) {
                values.set(statement, rows.getFirst());
                statement.executeUpdate();
                return;
            }
            for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
                for (T row : rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS))) {
                    values.set(statement, row);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        } catch (SQLException failure) {
            throw new RowsRefused(failure);
        }
    }

    /** The database did not execute a statement for rows; the cause says why. */
    public static final class RowsRefused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        RowsRefused(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Runs an insert whose parameters are bound and returns the generated identity.
     *
     * @param idColumn name of the identity column
     */
    public long insert(Update insert, String idColumn) {
        // Derby keeps unquoted names in upper case and wants them so here
        String column = dialect == Dialect.DERBY ? idColumn.toUpperCase(Locale.ROOT) : idColumn;
        return insert.executeAndReturnGeneratedKeys(column).mapTo(Long.class).one();
    }

    /**
     * Locks the rows with these key values until the end of the transaction.
     *
     * @param table a constant of the program, never input
     * @param key column name to value; all must match
     * @return the number of rows locked
     */
    public int lockRows(String table, Map<String, ?> key) {
        StringBuilder sql = new StringBuilder("select 1 from ").append(table).append(" where ");
        String and = "";
        for (String column : key.keySet()) {
            sql.append(and).append(column).append(" = :").append(column);
            and = " and ";
        }
        Query query = query(sql.append(' ').append(dialect.forUpdate()).toString());
        key.forEach(query::bind);
        return query.mapTo(Integer.class).list().size();
    }

    /** Runs after the commit on the caller's thread, in order; not at all after a rollback. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The jdbi handle, for what this class does not offer. */
    public Handle handle() {
        return handle;
    }

    List<Runnable> actionsAfterCommit() {
        return List.copyOf(afterCommit);
    }
}
