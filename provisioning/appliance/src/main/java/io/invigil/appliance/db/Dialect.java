package io.invigil.appliance.db;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The few differences between the databases. Stateless. */
public enum Dialect {
    DERBY("derby"),
    POSTGRESQL("postgresql");

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /** The migrations' folder: {@code db/<folder>/V001__name.sql}. */
    public String folder() {
        return folder;
    }

    /** One page of an ordered query; bind {@code offset} and {@code limit}. */
    public String page() {
        return "offset :offset rows fetch next :limit rows only";
    }

    /**
     * The part from {@code from} on of a select of a tenant's rows by a text column that is unique
     * in the tenant; bind {@code tenant} and the list {@code wanted} of distinct texts.
     *
     * <p>PostgreSQL is made to look each text up: of a table that is just being filled it knows too
     * little, and reads all of the tenant's rows for each list.
     */
    public String eachOf(String table, String column) {
        if (this == DERBY) {
            return "from %s where tenant = :tenant and %s in (<wanted>)".formatted(table, column);
        }
        return """
        from unnest(array[<wanted>]::varchar[]) as w (wanted) cross join lateral (
            select * from %s where tenant = :tenant and %s = w.wanted limit 1) as found
        """
                .formatted(table, column);
    }

    /**
     * Ends a select whose rows stay locked until the transaction ends. On Derby only for a plain
     * select of one table without order, group or join.
     */
    public String forUpdate() {
        return this == DERBY ? "for update with rs" : "for update";
    }

    /**
     * Insert or update by key. Parameters are named as the columns.
     *
     * @param keys columns of a primary key or unique constraint
     * @param values columns to be set; may be empty
     */
    public String upsert(String table, List<String> keys, List<String> values) {
        return merge(table, keys, values, true);
    }

    /**
     * Insert unless a row with the key is there: the update count is 1 or 0. Parameters are named
     * as the columns. Two at once on Derby: one may fail with a duplicate key, which {@link
     * #isDuplicateKey} tells.
     */
    public String insertIfAbsent(String table, List<String> keys, List<String> values) {
        return merge(table, keys, values, false);
    }

    private String merge(String table, List<String> keys, List<String> values, boolean update) {
        List<String> all = new java.util.ArrayList<>(keys);
        all.addAll(values);
        String columns = String.join(", ", all);
        String parameters = all.stream().map(c -> ":" + c).collect(Collectors.joining(", "));
        boolean setting = update && !values.isEmpty();
        if (this == POSTGRESQL) {
            String sets =
                    values.stream()
                            .map(c -> c + " = excluded." + c)
                            .collect(Collectors.joining(", "));
            return "insert into %s (%s) values (%s) on conflict (%s) do %s"
                    .formatted(
                            table,
                            columns,
                            parameters,
                            String.join(", ", keys),
                            setting ? "update set " + sets : "nothing");
        }
        String on =
                keys.stream().map(c -> "t." + c + " = :" + c).collect(Collectors.joining(" and "));
        String sets = values.stream().map(c -> c + " = :" + c).collect(Collectors.joining(", "));
        return "merge into %s as t using sysibm.sysdummy1 on %s %swhen not matched then insert (%s) values (%s)"
                .formatted(
                        table,
                        on,
                        setting ? "when matched then update set " + sets + " " : "",
                        columns,
                        parameters);
    }

    /** True when the transaction may succeed if it is simply run again. */
    public boolean isRetryable(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return switch (this) {
            case DERBY -> state.equals("40001") || state.startsWith("40XL");
            case POSTGRESQL -> state.equals("40001") || state.equals("40P01");
        };
    }

    /** True when a unique constraint or primary key refused the row. */
    public static boolean isDuplicateKey(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
