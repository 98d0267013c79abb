package io.invigil.site.room.history;

import io.invigil.appliance.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of the history. Stateless. */
final class HistoryStore {
    static final int PAGE_MAX = 200;

    /** Up to where the ledger is applied: the record's position and hash. */
    record Mark(long position, String hash) {}

    Optional<Mark> mark(Tx tx) {
        return tx.query("select applied, head_hash from room_history_mark where id = 1")
                .map((row, context) -> new Mark(row.getLong(1), row.getString(2)))
                .findOne();
    }

    /**
     * Lets Derby read every page, row and index of all tables.
     *
     * @return how many tables it checked; it throws at the first that does not agree with itself
     */
    int check(Tx tx) {
        List<String[]> tables =
                tx.query(
                                """
                                select s.schemaname, t.tablename
                                from sys.systables t
                                join sys.sysschemas s on s.schemaid = t.schemaid
                                where t.tabletype = 'T'
                                """)
                        .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
                        .list();
        for (String[] table : tables) {
            tx.query("values syscs_util.syscs_check_table(:schema, :table)")
                    .bind("schema", table[0])
                    .bind("table", table[1])
                    .mapTo(Integer.class)
                    .one();
        }
        return tables.size();
    }

    void keepMark(Tx tx, Mark mark) {
        int changed =
                tx.update(
                                """
                                update room_history_mark set applied = :applied, head_hash = :hash
                                where id = 1
                                """)
                        .bind("applied", mark.position())
                        .bind("hash", mark.hash())
                        .execute();
        if (changed == 0) {
            tx.update("insert into room_history_mark (id, applied, head_hash) values (1, :a, :h)")
                    .bind("a", mark.position())
                    .bind("h", mark.hash())
                    .execute();
        }
    }

    void add(Tx tx, List<HistoryEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var batch =
                tx.batch(
                        """
                        insert into room_history
                            (position, exam, sitting, fact_type, at_millis, author, detail)
                        values (:position, :exam, :sitting, :type, :at, :author, :detail)
                        """);
        for (HistoryEntry entry : entries) {
            batch.bind("position", entry.position())
                    .bind("exam", entry.exam())
                    .bind("sitting", entry.sitting())
                    .bind("type", entry.type())
                    .bind("at", entry.at().toEpochMilli())
                    .bind("author", entry.by())
                    .bind("detail", entry.detail())
                    .add();
        }
        batch.execute();
    }

    /**
     * Newest first.
     *
     * @param sitting 0 for all of the exam
     */
    List<HistoryEntry> page(Tx tx, String exam, long sitting, long before) {
        return tx.query(
                        """
                        select position, exam, sitting, fact_type, at_millis, author, detail
                        from room_history
                        where exam = :exam and position < :before
                            and (:sitting = 0 or sitting = :sitting)
                        order by position desc
                        fetch first 200 rows only
                        """)
                .bind("exam", exam)
                .bind("before", before)
                .bind("sitting", sitting)
                .map(
                        (row, context) ->
                                new HistoryEntry(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getLong(3),
                                        row.getString(4),
                                        Instant.ofEpochMilli(row.getLong(5)),
                                        row.getString(6),
                                        row.getString(7)))
                .list();
    }
}
