package io.invigil.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The log of changes: domain section 17, protocol section 6 ("No global hot row"), fault row 88,
 * issue 4 part 13.
 */
class AuditTest {
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

    abstract static class Contract extends AuditContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @Test
        void keepsWhoWhenFromWhereAndTheFieldsThatDiffer() {
            change("12", new Thing("107室", 40, "旧"), new Thing("107室", 42, "𠮷"));
            assertThat(all()).isEmpty();
            assertThat(log.waiting(who.tenant())).isEqualTo(1);
            assertThat(sealer.round()).isEqualTo(1);
            AuditEntry entry = all().getFirst();
            assertThat(entry.actor()).isEqualTo(who);
            assertThat(entry.number()).isEqualTo(1);
            assertThat(entry.action()).isEqualTo(AuditAction.CHANGED);
            assertThat(entry.key()).isEqualTo("12");
            assertThat(entry.before()).isEqualTo("{\"seats\":40,\"note\":\"旧\"}");
            assertThat(entry.after()).isEqualTo("{\"seats\":42,\"note\":\"𠮷\"}");
            assertThat(log.waiting(who.tenant())).isZero();
        }

        @Test
        void recordsNothingWhenNothingDiffers() {
            change("12", new Thing("107室", 40, ""), new Thing("107室", 40, ""));
            assertThat(sealer.round()).isZero();
        }

        @Test
        void recordsNothingOfATransactionThatIsRolledBack() {
            try {
                database()
                        .useTransaction(
                                tx -> {
                                    audit.created(tx, who, "room", 1, new Thing("1", 1, ""));
                                    throw new IllegalStateException("rolled back");
                                });
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("rolled back");
            }
            assertThat(sealer.round()).isZero();
            assertThat(verify().entries()).isZero();
        }

        @Test
        void keepsTheBeginningAndTheDigestOfATextThatIsTooLong() {
            String fits = "考".repeat(Audit.FIELD_CHARS_MAX);
            change("1", new Thing("", 1, ""), new Thing("", 1, fits));
            change("2", new Thing("", 1, ""), new Thing("", 1, fits + "场"));
            sealer.round();
            assertThat(all().get(1).after()).contains(fits);
            assertThat(all().get(0).after())
                    .contains("考… ")
                    .contains(" 4001 sha256:")
                    .hasSizeLessThan(300);
        }

        @Test
        void staysBelowTheLimitOfOneSideWithManyFields() {
            Map<String, String> many = new java.util.TreeMap<>();
            for (int i = 0; i < 2000; i++) {
                many.put("field" + i, "x".repeat(50));
            }
            database().useTransaction(tx -> audit.created(tx, who, "room", "1", many));
            sealer.round();
            assertThat(all().getFirst().after()).hasSizeLessThan(Audit.JSON_CHARS_MAX);
        }

        /** Fault row 88: two connections, the lower id commits later. */
        @Test
        @Timeout(60)
        void sealsALateCommitInTheNextRoundAndSkipsNone() throws Exception {
            CountDownLatch recorded = new CountDownLatch(1);
            CountDownLatch mayCommit = new CountDownLatch(1);
            CompletableFuture<Void> late =
                    CompletableFuture.runAsync(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx -> {
                                                        // two are written at once
                                                        audit.all(tx, who, twoLate());
                                                        recorded.countDown();
                                                        await(mayCommit);
                                                    }),
                            task -> Thread.ofPlatform().start(task));
            recorded.await();
            database().useTransaction(tx -> audit.created(tx, who, "room", "early", Map.of()));
            CompletableFuture<Integer> round =
                    CompletableFuture.supplyAsync(
                            sealer::round, task -> Thread.ofPlatform().start(task));
            if (dialect() == Dialect.POSTGRESQL) {
                assertThat(round.get()).isEqualTo(1);
                assertThat(all()).extracting(AuditEntry::key).containsExactly("early");
            }
            mayCommit.countDown();
            late.get();
            int first = round.get();
            int second = sealer.round();
            assertThat(first + second).isEqualTo(3);
            assertThat(all())
                    .extracting(AuditEntry::key)
                    .containsExactlyInAnyOrder("early", "late", "late too");
            AuditEntry lower = named("late");
            AuditEntry higher = named("early");
            assertThat(lower.id()).isLessThan(higher.id());
            assertThat(verify().isSound()).isTrue();
        }

        private static List<Audit.Change> twoLate() {
            return List.of(
                    Audit.Change.created("room", "late", Map.of()),
                    Audit.Change.created("room", "late too", Map.of()));
        }

        private AuditEntry named(String key) {
            return all().stream().filter(entry -> entry.key().equals(key)).findFirst().get();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Test
        void letsOneInstanceSealUntilItStops() {
            try (AuditSealer second = new AuditSealer(database(), "two", KEY, anchor)) {
                sealer.round();
                change("1", new Thing("", 1, ""), new Thing("", 2, ""));
                assertThat(second.round()).isZero();
                assertThat(log.waiting(who.tenant())).isEqualTo(1);
                sealer.close();
                change("2", new Thing("", 1, ""), new Thing("", 2, ""));
                assertThat(second.round()).isEqualTo(1);
            }
            assertThat(verify().entries()).isEqualTo(2);
            assertThat(verify().isSound()).isTrue();
        }

        @Test
        void sealsMoreThanOneBatchInARound() {
            int count = AuditSealer.BATCH_MAX + 1;
            List<Audit.Change> changes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                changes.add(Audit.Change.created("candidate", i, Map.of("number", i)));
            }
            database().useTransaction(tx -> audit.all(tx, who, changes));
            assertThat(sealer.round()).isEqualTo(count);
            assertThat(verify().entries()).isEqualTo(count);
            assertThat(verify().isSound()).isTrue();
        }

        @Test
        void filtersByPersonKindRecordActionAndTime() {
            change("1", new Thing("", 1, ""), new Thing("", 2, ""));
            database().useTransaction(tx -> audit.exported(tx, who, "score", 3, Map.of("rows", 9)));
            sealer.round();
            AuditEntry first = named("1");
            assertThat(count(filter("zhang", "room", "1", AuditAction.CHANGED))).isEqualTo(1);
            assertThat(count(filter("li", "room", "1", AuditAction.CHANGED))).isZero();
            assertThat(count(filter("zhang", "score", "3", AuditAction.EXPORTED))).isEqualTo(1);
            assertThat(count(during(first, 0, 1))).isGreaterThanOrEqualTo(1);
            assertThat(count(during(first, -1, 0))).isZero();
            AuditFilter all = AuditFilter.everything();
            assertThat(count(all.of(5))).isEqualTo(2);
            assertThat(count(all.of(6))).isZero();
            assertThat(count(all.without(Set.of(5L)))).isZero();
            assertThat(count(all.only(Set.of(1L)))).isEqualTo(1);
            assertThat(log.subjects(who.tenant())).containsExactly("room", "score");
        }

        private long count(AuditFilter filter) {
            long count = log.count(who.tenant(), filter);
            assertThat(log.find(who.tenant(), filter, 0, 100)).hasSize((int) count);
            return count;
        }

        private static AuditFilter filter(
                String login, String subject, String key, AuditAction action) {
            return new AuditFilter(
                    Optional.of(login),
                    Optional.of(subject),
                    Optional.of(key),
                    Optional.of(action),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Set.of());
        }

        private static AuditFilter during(AuditEntry entry, long fromMillis, long toMillis) {
            return new AuditFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(entry.at().plusMillis(fromMillis)),
                    Optional.of(entry.at().plusMillis(toMillis)),
                    Optional.empty(),
                    Set.of(),
                    Set.of());
        }
    }
}
