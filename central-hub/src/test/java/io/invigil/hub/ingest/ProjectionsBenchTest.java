package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.LaneCursor;
import io.invigil.protocol.hub.StoredRange;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored answers worked into the tables of attempts: in batches, and fact by fact. */
@Tag("bench")
class ProjectionsBenchTest {
    private static final int SITTINGS = 60;
    private static final int RUN = 500;
    private static final int FACTS = 20_000;
    private static final int ROUNDS = 2;

    @TempDir Path directory;
    private final Random random = new Random(41);

    @Test
    void answersAppliedInASecond() throws Exception {
        double load = BenchReport.load();
        double[] seconds = new double[2];
        try (Database database = StoreContract.fresh(Dialect.DERBY, directory.resolve("derby"))) {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Ingest.class));
            for (int round = 0; round <= ROUNDS; round++) {
                for (int kind = 0; kind < 2; kind++) {
                    TenantId tenant = new TenantId(10L + 2 * round + kind);
                    store(database, tenant);
                    AttemptProjection attempts = new AttemptProjection(List.of());
                    double taken = apply(database, tenant, kind == 0 ? attempts : new OneByOne());
                    // the first round warms up
                    seconds[kind] += round == 0 ? 0 : taken;
                }
            }
        }
        double batched = ROUNDS * FACTS / seconds[0];
        double single = ROUNDS * FACTS / seconds[1];
        BenchReport.ofBuild()
                .section(
                        "projections",
                        "saved answers of "
                                + SITTINGS
                                + " sittings, stored in runs of "
                                + RUN
                                + ", read, parsed and worked into the attempts' tables on embedded"
                                + " Derby by one thread, in transactions of "
                                + ProjectionRunner.BATCH_MAX
                                + " facts",
                        load,
                        List.of(
                                Figure.information("factsInBatches", batched, "facts/s"),
                                Figure.information("factsOneByOne", single, "facts/s"),
                                Figure.information(
                                        "batchesToOneByOne", batched / single, "ratio")));
    }

    /** The same projection without its batches. */
    private static final class OneByOne implements FactProjection {
        private final AttemptProjection attempts = new AttemptProjection(List.of());

        @Override
        public String name() {
            return attempts.name();
        }

        @Override
        public void apply(Tx tx, IngestedFact fact) {
            attempts.apply(tx, fact);
        }
    }

    private double apply(Database database, TenantId tenant, FactProjection projection) {
        ProjectionRunner runner =
                new ProjectionRunner(
                        database,
                        tenant,
                        List.of(projection),
                        Clock.systemUTC(),
                        alarm -> {
                            throw new AssertionError(alarm.toString());
                        });
        long start = System.nanoTime();
        int applied = 0;
        for (int some = runner.runOnce(); some > 0; some = runner.runOnce()) {
            applied += some;
        }
        assertThat(applied).isEqualTo(FACTS);
        return (System.nanoTime() - start) / 1e9;
    }

    private void store(Database database, TenantId tenant) {
        LaneKey key = new LaneKey(EpochId.random(random::nextBytes), Lane.RES);
        NodeId node = new NodeId("room-one");
        Digest[] head = {Digest.ZERO};
        for (int from = 1; from <= FACTS; from += RUN) {
            List<FactRecord> records = new ArrayList<>();
            for (int seq = from; seq < from + RUN; seq++) {
                FactRecord record =
                        FactRecord.chained(
                                key.epoch(),
                                key.lane(),
                                seq,
                                seq,
                                bytes(FactRecord.SALT_BYTES),
                                answer(seq),
                                head[0]);
                records.add(record);
                head[0] = record.hash();
            }
            database.useTransaction(
                    tx -> {
                        SqlLanes lanes = new SqlLanes(tx, tenant, Instant.EPOCH);
                        LaneCursor held = lanes.lock(node, key, Digest.ZERO);
                        lanes.insert(node, records);
                        lanes.save(
                                held.with(
                                                new StoredRange(
                                                        records.getFirst().seq(),
                                                        records.getLast().seq(),
                                                        records.getFirst().prevHash(),
                                                        records.getLast().hash()))
                                        .orElseThrow());
                    });
        }
    }

    private static byte[] answer(int seq) {
        int revision = seq / SITTINGS + 1;
        return new StampedFact(
                        new FactStamp(1_800_000_000_000L + seq, seq, "boot", "candidate:" + seq),
                        new RoomFact.AnswerSaved(
                                seq % SITTINGS + 1,
                                "item-" + revision % 40,
                                "op-" + seq,
                                revision,
                                Map.of("RESPONSE", List.of("choice-" + revision % 4))))
                .draft()
                .json();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
