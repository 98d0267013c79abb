package io.invigil.appliance.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
    /** Rows of {@link #insertAtCommit} that wait; beyond it they are inserted at once. */
    public static final int WAITING_MAX = 1_000;

    private static final int BATCH_ROWS = 1_000;
    private static final int ROWS_OF_ONE_INSERT = 64;

    private final Handle handle;
    private final Dialect dialect;
    private final Instant at;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Waiting<?>> waiting = new ArrayList<>();

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

    /** As {@link RowValues}, for a row whose first parameter is not the statement's first. */
    @FunctionalInterface
    public interface RowValuesFrom<T> {
        void set(PreparedStatement statement, int from, T row) throws SQLException;
    }

    /**
     * Inserts many rows. A server far away takes many of them in one statement: its own work for a
     * statement is most of a short row's cost. The embedded database gains nothing by that.
     *
     * @param into such as {@code insert into seat (tenant, id)}
     * @param tuple such as {@code (?, ?)}
     */
    public <T> void insertAll(
            String into, String tuple, List<T> rows, RowValuesFrom<? super T> values) {
        int grouped = dialect == Dialect.POSTGRESQL ? rows.size() / ROWS_OF_ONE_INSERT : 0;
        if (grouped > 0) {
            int parameters = (int) tuple.chars().filter(one -> one == '?').count();
            List<List<T>> groups = new ArrayList<>(grouped);
            for (int group = 0; group < grouped; group++) {
                int from = group * ROWS_OF_ONE_INSERT;
                groups.add(rows.subList(from, from + ROWS_OF_ONE_INSERT));
            }
            String tuples = String.join(", ", Collections.nCopies(ROWS_OF_ONE_INSERT, tuple));
            many(
                    into + " values " + tuples,
                    groups,
                    (statement, group) -> {
                        int at = 1;
                        for (T row : group) {
                            values.set(statement, at, row);
                            at += parameters;
                        }
                    });
        }
        many(
                into + " values " + tuple,
                rows.subList(grouped * ROWS_OF_ONE_INSERT, rows.size()),
                (statement, row) -> values.set(statement, 1, row));
    }

    private record Waiting<T>(
            String into, String tuple, List<T> rows, RowValuesFrom<? super T> values) {
        void insert(Tx tx) {
            tx.insertAll(into, tuple, rows, values);
        }

        /** One message to the server carries the row and the commit. */
        void insertAndCommit(Tx tx) {
            tx.many(
                    into + " values " + tuple + "; commit",
                    rows,
                    (statement, row) -> values.set(statement, 1, row));
        }
    }

    /**
     * As {@link #insertAll}, for rows that this transaction does not read: a single one travels
     * with the commit and costs no round trip of its own. They keep their order among each other.
     */
    public <T> void insertAtCommit(
            String into, String tuple, List<T> rows, RowValuesFrom<? super T> values) {
        if (rows.isEmpty()) {
            return;
        }
        waiting.add(new Waiting<>(into, tuple, List.copyOf(rows), values));
        if (rows.size() > 1 || waiting.size() >= WAITING_MAX) {
            insertWaiting();
        }
    }

    private void insertWaiting() {
        waiting.forEach(one -> one.insert(this));
        waiting.clear();
    }

    /** Called when the work is done; the connection's own commit follows and may find it done. */
    void complete() {
        boolean single = waiting.size() == 1 && waiting.getFirst().rows().size() == 1;
        if (single && dialect == Dialect.POSTGRESQL) {
            waiting.getFirst().insertAndCommit(this);
        } else {
            insertWaiting();
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
