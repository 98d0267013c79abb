package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.testkit.StoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Records are kept in runs and come back one by one as they were received (XSP/1 section 6). */
class RunStoreTest {
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
        private static final TenantId TENANT = new TenantId(4);
        private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);
        private static final int ALL = Integer.MAX_VALUE;
        private final RunStore runs = new RunStore();
        private final Random random = new Random(130);
        private final LaneKey key =
                new LaneKey(new EpochId("0123456789abcdef0123456789abcdef"), Lane.RES);
        private long lane;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        @BeforeEach
        void takeAnotherLane() {
            lane++;
        }

        @Test
        void givesEveryRecordBackAsItWasReceived() {
            List<FactRecord> chain = chain(1_300, 200);
            insert(chain.subList(0, 700));
            insert(chain.subList(700, 1_300));
            assertSame(read(1, Long.MAX_VALUE, ALL), chain);
            assertThat(stored(1, 1, 1).getFirst().at()).isEqualTo(NOW);
            // 700 and 600 records, 512 in a row at most
            assertThat(rows()).isEqualTo(4);
        }

        @Test
        void readsFromTheMiddleOfARunAndNoMoreThanAskedFor() {
            List<FactRecord> chain = chain(100, 30);
            for (int at = 0; at < 100; at += 4) {
                insert(chain.subList(at, at + 4));
            }
            assertThat(rows()).isEqualTo(25);
            assertSame(read(3, 90, ALL), chain.subList(2, 90));
            assertSame(read(3, Long.MAX_VALUE, 50), chain.subList(2, 52));
            assertSame(read(100, 100, ALL), chain.subList(99, 100));
            assertThat(read(101, Long.MAX_VALUE, ALL)).isEmpty();
        }

        @Test
        void keepsTheNewPartsAroundWhatWasStoredBefore() {
            List<FactRecord> chain = chain(20, 30);
            insert(chain.subList(8, 12));
            insert(
                    Stream.concat(chain.subList(0, 8).stream(), chain.subList(12, 20).stream())
                            .toList());
            assertThat(rows()).isEqualTo(3);
            assertSame(read(1, 20, ALL), chain);
        }

        @Test
        void cutsARunThatWouldBeTooLargeForARow() {
            List<FactRecord> chain = chain(40, FactDraft.BYTES_MAX);
            insert(chain);
            assertThat(rows()).isEqualTo(2);
            assertSame(read(1, 40, ALL), chain);
        }

        @Test
        void noticesWhenTheDatabaseHoldsSomethingElseThanWasReceived() {
            insert(chain(50, 100));
            database()
                    .useTransaction(
                            tx -> {
                                byte[] content =
                                        tx.query("select content from ingest_run where lane = :l")
                                                .bind("l", lane)
                                                .map((row, context) -> row.getBytes("content"))
                                                .one();
                                content[content.length / 2] ^= 4;
                                tx.update("update ingest_run set content = :c where lane = :l")
                                        .bind("c", content)
                                        .bind("l", lane)
                                        .execute();
                            });
            assertThatThrownBy(() -> read(1, 50, ALL)).isInstanceOf(StoredRunDamaged.class);
        }

        private List<FactRecord> chain(int count, int jsonBytes) {
            List<FactRecord> chain = new ArrayList<>();
            Digest previous = Digest.ZERO;
            for (int seq = 1; seq <= count; seq++) {
                byte[] salt = new byte[FactRecord.SALT_BYTES];
                random.nextBytes(salt);
                FactRecord record =
                        FactRecord.chained(
                                key.epoch(),
                                key.lane(),
                                seq,
                                seq * 3L,
                                salt,
                                json(jsonBytes),
                                previous);
                chain.add(record);
                previous = record.hash();
            }
            return chain;
        }

        private byte[] json(int bytes) {
            StringBuilder text = new StringBuilder("{\"t\":\"");
            while (text.length() < bytes - 2) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            return text.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
        }

        private void insert(List<FactRecord> records) {
            database().useTransaction(tx -> runs.insert(tx, TENANT, lane, records, NOW));
        }

        private List<RunStore.Stored> stored(long first, long last, int max) {
            return database()
                    .inTransaction(tx -> runs.read(tx, TENANT, lane, key, first, last, max));
        }

        private List<FactRecord> read(long first, long last, int max) {
            return stored(first, last, max).stream().map(RunStore.Stored::record).toList();
        }

        private int rows() {
            return database()
                    .inTransaction(
                            tx ->
                                    tx.query("select count(*) from ingest_run where lane = :l")
                                            .bind("l", lane)
                                            .mapTo(Integer.class)
                                            .one());
        }

        private static void assertSame(List<FactRecord> found, List<FactRecord> expected) {
            assertThat(found.stream().map(Contract::whole).toList())
                    .isEqualTo(expected.stream().map(Contract::whole).toList());
        }

        /** All of a record in values that compare by content; quicker than by reflection. */
        private static List<Object> whole(FactRecord record) {
            return List.of(
                    record.epoch(),
                    record.lane(),
                    record.seq(),
                    record.position(),
                    HexFormat.of().formatHex(record.salt()),
                    new String(record.json(), StandardCharsets.US_ASCII),
                    record.prevHash(),
                    record.hash());
        }
    }
}
