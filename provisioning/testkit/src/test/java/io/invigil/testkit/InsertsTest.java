package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows inserted many at once, and rows that travel with the commit. */
class InsertsTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @BeforeAll
        void createTable() {
            database()
                    .useTransaction(
                            tx ->
                                    tx.update(
                                                    """
                                                    create table numbered (
                                                        id bigint generated always as identity,
                                                        value_of bigint not null unique,
                                                        kind varchar(10) not null)
                                                    """)
                                            .execute());
        }

        @BeforeEach
        void empty() {
            database().useTransaction(tx -> tx.update("delete from numbered").execute());
        }

        private static List<Long> upTo(long from, long count) {
            return LongStream.range(from, from + count).boxed().toList();
        }

        private static void insert(Tx tx, List<Long> values) {
            tx.insertAll(
                    "insert into numbered (value_of, kind)",
                    "(?, 'now')",
                    values,
                    (statement, from, value) -> statement.setLong(from, value));
        }

        private static void later(Tx tx, Long... values) {
            tx.insertAtCommit(
                    "insert into numbered (value_of, kind)",
                    "(?, 'later')",
                    List.of(values),
                    (statement, from, value) -> statement.setLong(from, value));
        }

        private List<Long> stored() {
            return database()
                    .inTransaction(
                            tx ->
                                    tx.query("select value_of from numbered order by id")
                                            .mapTo(Long.class)
                                            .list());
        }

        @Test
        void everyRowArrivesOnceInItsOrderWhateverTheirNumber() {
            List<Long> all = new ArrayList<>();
            for (int count : new int[] {0, 1, 63, 64, 65, 1_069}) {
                List<Long> more = upTo(all.size(), count);
                database().useTransaction(tx -> insert(tx, more));
                all.addAll(more);
                assertThat(stored()).isEqualTo(all);
            }
        }

        @Test
        void rowsThatTravelWithTheCommitKeepTheirOrder() {
            database().useTransaction(tx -> later(tx, 1L));
            database()
                    .useTransaction(
                            tx -> {
                                later(tx, 2L);
                                later(tx, 3L);
                            });
            database()
                    .useTransaction(
                            tx -> {
                                later(tx, 4L);
                                later(tx, 5L, 6L);
                                later(tx);
                                later(tx, 7L);
                            });
            assertThat(stored()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }

        @Test
        void moreThanMayWaitAreInsertedBefore() {
            int count = Tx.WAITING_MAX + 1;
            database()
                    .useTransaction(
                            tx -> {
                                for (long value = 0; value < count; value++) {
                                    later(tx, value);
                                }
                            });
            assertThat(stored()).isEqualTo(upTo(0, count));
        }

        @Test
        void nothingArrivesFromATransactionThatFails() {
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx -> {
                                                        later(tx, 1L);
                                                        throw new IllegalStateException("no");
                                                    }))
                    .hasMessage("no");
            assertThat(stored()).isEmpty();
        }

        @Test
        void aRowThatIsRefusedWithTheCommitUndoesTheWholeTransaction() {
            database().useTransaction(tx -> insert(tx, List.of(1L)));
            List<String> committed = new ArrayList<>();
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx -> {
                                                        insert(tx, List.of(2L));
                                                        tx.afterCommit(() -> committed.add("x"));
                                                        later(tx, 1L);
                                                    }))
                    .isInstanceOf(Tx.RowsRefused.class);
            assertThat(committed).isEmpty();
            assertThat(stored()).containsExactly(1L);
        }

        @Test
        void theConnectionBeginsAnewAfterARowThatBroughtTheCommit() {
            for (long round = 0; round < 10; round++) {
                long value = round;
                database().useTransaction(tx -> later(tx, value));
                assertThatThrownBy(
                                () ->
                                        database()
                                                .useTransaction(
                                                        tx -> {
                                                            insert(tx, List.of(100 + value));
                                                            throw new IllegalStateException("no");
                                                        }))
                        .hasMessage("no");
            }
            assertThat(stored()).isEqualTo(upTo(0, 10));
        }
    }
}
