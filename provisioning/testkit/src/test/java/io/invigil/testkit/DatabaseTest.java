package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.protocol.crypto.Digest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DatabaseTest {
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

    enum Colour {
        RED
    }

    record Thing(
            long id,
            Instant madeAt,
            LocalDate day,
            UUID mark,
            Digest digest,
            Colour colour,
            boolean good,
            byte[] bytes,
            Optional<Long> owner,
            Optional<Instant> endedAt) {}

    abstract static class Contract extends StoreContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @BeforeAll
        void createTables() {
            String bytes = dialect() == Dialect.DERBY ? "varchar(100) for bit data" : "bytea";
            database()
                    .useTransaction(
                            tx -> {
                                tx.update(
                                                """
                                                create table thing (
                                                  id bigint generated always as identity primary key,
                                                  made_at bigint not null, day date not null,
                                                  mark varchar(36) not null,
                                                  digest varchar(64) not null,
                                                  colour varchar(20) not null,
                                                  good boolean not null,
                                                  bytes %s not null,
                                                  owner bigint, ended_at bigint)
                                                """
                                                        .formatted(bytes))
                                        .execute();
                                tx.update(
                                                """
                                                create table counter (
                                                  tenant bigint not null, name varchar(20) not null,
                                                  n bigint not null, primary key (tenant, name))
                                                """)
                                        .execute();
                            });
        }

        @Test
        void keepsEveryTypeAndGivesItBack() {
            Instant now = Instant.parse("2026-11-20T01:00:00.123Z");
            UUID mark = new UUID(1, 2);
            long id =
                    database()
                            .inTransaction(
                                    tx ->
                                            tx.insert(
                                                    tx.update(
                                                                    """
                                                                    insert into thing (made_at, day, mark, digest, colour, good, bytes, owner, ended_at)
                                                                    values (:now, :day, :mark, :digest, :colour, :good, :bytes, :owner, :ended)
                                                                    """)
                                                            .bind("now", now)
                                                            .bind("day", LocalDate.of(2026, 2, 28))
                                                            .bind("mark", mark)
                                                            .bind("digest", Digest.ZERO)
                                                            .bind("colour", Colour.RED)
                                                            .bind("good", true)
                                                            .bind("bytes", new byte[] {1, 2})
                                                            .bind("owner", Optional.empty())
                                                            .bind("ended", Optional.of(now)),
                                                    "id"));
            Thing thing =
                    database()
                            .inTransaction(
                                    tx ->
                                            tx.query("select * from thing where id = :id")
                                                    .bind("id", id)
                                                    .map(ConstructorMapper.of(Thing.class))
                                                    .one());
            assertThat(thing.madeAt()).isEqualTo(now);
            assertThat(thing.day()).isEqualTo(LocalDate.of(2026, 2, 28));
            assertThat(thing.mark()).isEqualTo(mark);
            assertThat(thing.digest()).isEqualTo(Digest.ZERO);
            assertThat(thing.colour()).isEqualTo(Colour.RED);
            assertThat(thing.good()).isTrue();
            assertThat(thing.bytes()).containsExactly(1, 2);
            assertThat(thing.owner()).isEmpty();
            assertThat(thing.endedAt()).contains(now);
        }

        @Test
        void upsertsAndInsertsOnlyWhenAbsent() {
            String upsert =
                    database().dialect().upsert("counter", List.of("tenant", "name"), List.of("n"));
            String absent =
                    database()
                            .dialect()
                            .insertIfAbsent("counter", List.of("tenant", "name"), List.of("n"));
            List<Integer> counts = new ArrayList<>();
            for (String sql : List.of(upsert, upsert, absent)) {
                int n = counts.size() + 1;
                counts.add(
                        database()
                                .inTransaction(
                                        tx ->
                                                tx.update(sql)
                                                        .bind("tenant", 7L)
                                                        .bind("name", "u")
                                                        .bind("n", n)
                                                        .execute()));
            }
            assertThat(counts).containsExactly(1, 1, 0);
            assertThat(count(7, "u")).isEqualTo(2);
        }

        @Test
        void pagesThroughAnOrderedQuery() {
            for (int i = 0; i < 5; i++) {
                put(9, "p" + i, i);
            }
            List<Long> page =
                    database()
                            .inTransaction(
                                    tx ->
                                            tx.query(
                                                            "select n from counter where tenant = 9"
                                                                    + " order by n "
                                                                    + tx.dialect().page())
                                                    .bind("offset", 1)
                                                    .bind("limit", 2)
                                                    .mapTo(Long.class)
                                                    .list());
            assertThat(page).containsExactly(1L, 2L);
        }

        @Test
        void rowLocksOrderConcurrentTransactions() throws InterruptedException {
            put(1, "lock", 0);
            inParallel(
                    6,
                    () ->
                            database()
                                    .useTransaction(
                                            tx -> {
                                                tx.lockRows(
                                                        "counter",
                                                        Map.of("tenant", 1L, "name", "lock"));
                                                long n = read(tx, 1, "lock");
                                                write(tx, 1, "lock", n + 1);
                                            }));
            assertThat(count(1, "lock")).isEqualTo(6);
        }

        @Test
        void runsADeadlockedTransactionAgain() throws InterruptedException {
            put(2, "a", 0);
            put(2, "b", 0);
            AtomicInteger turn = new AtomicInteger();
            AtomicInteger attempts = new AtomicInteger();
            CountDownLatch bothHoldOne = new CountDownLatch(2);
            inParallel(
                    2,
                    () -> {
                        boolean forward = turn.getAndIncrement() == 0;
                        database()
                                .useTransaction(
                                        tx -> {
                                            attempts.incrementAndGet();
                                            write(tx, 2, forward ? "a" : "b", 1);
                                            bothHoldOne.countDown();
                                            awaitLatch(bothHoldOne);
                                            write(tx, 2, forward ? "b" : "a", 2);
                                        });
                    });
            assertThat(attempts.get()).isGreaterThan(2);
        }

        @Test
        void rollsBackAndSkipsTheActionsAfterCommitWhenTheWorkFails() {
            List<String> ran = new ArrayList<>();
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx -> {
                                                        tx.afterCommit(() -> ran.add("no"));
                                                        insert(tx, 3, "gone", 1);
                                                        throw new IllegalArgumentException("stop");
                                                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            database().useTransaction(tx -> tx.afterCommit(() -> ran.add("yes")));
            assertThat(ran).containsExactly("yes");
            assertThat(
                            database()
                                    .<Long>inTransaction(
                                            tx ->
                                                    tx.query(
                                                                    "select count(*) from counter"
                                                                            + " where tenant = 3")
                                                            .mapTo(Long.class)
                                                            .one()))
                    .isZero();
        }

        @Test
        void refusesATransactionInsideATransaction() {
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx -> database().useTransaction(inner -> {})))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void givesUpAfterTheMostAttempts() {
            AtomicInteger attempts = new AtomicInteger();
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx -> {
                                                        attempts.incrementAndGet();
                                                        throw new IllegalStateException(
                                                                new java.sql.SQLException(
                                                                        "again", "40001"));
                                                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(attempts.get()).isEqualTo(Database.ATTEMPTS_MAX);
        }

        @Test
        void tellsADuplicateKey() {
            put(4, "one", 1);
            assertThatThrownBy(() -> put(4, "one", 2)).matches(Dialect::isDuplicateKey);
        }

        private void put(long tenant, String name, long n) {
            database().useTransaction(tx -> insert(tx, tenant, name, n));
        }

        private static void insert(
                io.invigil.appliance.db.Tx tx, long tenant, String name, long n) {
            tx.update("insert into counter (tenant, name, n) values (:tenant, :name, :n)")
                    .bind("tenant", tenant)
                    .bind("name", name)
                    .bind("n", n)
                    .execute();
        }

        private static void write(io.invigil.appliance.db.Tx tx, long tenant, String name, long n) {
            tx.update("update counter set n = :n where tenant = :tenant and name = :name")
                    .bind("tenant", tenant)
                    .bind("name", name)
                    .bind("n", n)
                    .execute();
        }

        private static long read(io.invigil.appliance.db.Tx tx, long tenant, String name) {
            return tx.query("select n from counter where tenant = :tenant and name = :name")
                    .bind("tenant", tenant)
                    .bind("name", name)
                    .mapTo(Long.class)
                    .one();
        }

        private long count(long tenant, String name) {
            return database().inTransaction(tx -> read(tx, tenant, name));
        }

        private static void inParallel(int threads, Runnable work) throws InterruptedException {
            List<Thread> all = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < threads; i++) {
                Thread thread = Thread.ofVirtual().unstarted(work);
                thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
                all.add(thread);
            }
            all.forEach(Thread::start);
            for (Thread thread : all) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }

        private static void awaitLatch(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException impossible) {
                throw new AssertionError("database threads are never interrupted", impossible);
            }
        }
    }
}
