package io.invigil.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Business transactions with the audit beside the same ones without (issue 4, part 13). */
@Tag("bench")
class AuditBenchTest {
    private static final int CLERKS = 8;
    private static final int TRANSACTIONS = 4_000;
    private static final int WARM_UP = 1_000;
    private static final int ROUNDS = 3;
    private static final double AIM = 0.9;

    @TempDir Path directory;
    private final Audit audit = new Audit();
    private final AtomicLong next = new AtomicLong(1);

    @Test
    void businessTransactionsWithTheAuditBesideThoseWithout() throws Exception {
        double load = BenchReport.load();
        try (Database database = StoreContract.fresh(Dialect.POSTGRESQL, directory)) {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Audit.class));
            database.useTransaction(
                    tx -> {
                        tx.update("insert into tenant (id, name) values (1, '租户')").execute();
                        tx.update(
                                        """
                                        insert into organisation
                                            (tenant, id, kind, code, name, region)
                                        values (1, 1, 'SCHOOL', 'S1', '第一职业学院', '')
                                        """)
                                .execute();
                    });
            SigningKey key = SigningKey.generate(new SeededEntropy(1));
            AuditAnchor anchor = new AuditAnchor(directory.resolve("seals.json"));
            try (AuditSealer sealer = new AuditSealer(database, "one", key, anchor)) {
                sealer.start();
                run(database, true, WARM_UP);
                run(database, false, WARM_UP);
                double with = 0;
                double without = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    without += run(database, false, TRANSACTIONS);
                    with += run(database, true, TRANSACTIONS);
                }
                report(load, with / ROUNDS, without / ROUNDS);
            }
            AuditCheck.Result result =
                    new AuditLog(database).verify(1, key.verifyKey(), anchor.newest(1));
            assertThat(result.isSound()).isTrue();
            assertThat(result.entries()).isEqualTo(WARM_UP + (long) ROUNDS * TRANSACTIONS);
        }
    }

    /** Transactions per second: a clerk enters an organisation's record and looks at it. */
    private double run(Database database, boolean audited, int transactions) throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService clerks = Executors.newFixedThreadPool(CLERKS)) {
            List<Future<?>> work = new ArrayList<>();
            for (int clerk = 0; clerk < CLERKS; clerk++) {
                work.add(
                        clerks.submit(
                                () -> {
                                    for (int i = 0; i < transactions / CLERKS; i++) {
                                        one(database, audited);
                                    }
                                }));
            }
            for (Future<?> clerk : work) {
                clerk.get();
            }
        }
        return transactions / ((System.nanoTime() - begun) / 1e9);
    }

    private void one(Database database, boolean audited) {
        long id = next.incrementAndGet();
        AuditActor who = new AuditActor(1, "zhang", "school-clerk", 1, "10.0.0.7");
        database.useTransaction(
                tx -> {
                    tx.query("select count(*) from organisation where tenant = 1 and id = :id")
                            .bind("id", id)
                            .mapTo(Long.class)
                            .one();
                    tx.update(
                                    """
                                    insert into candidate (tenant, id, school, number, name,
                                        pinyin, id_number, gender, mobile, major,
                                        programme_level, enrolment_year, candidate_type,
                                        photo, photo_source)
                                    values (1, :id, 1, :number, '王小二', 'Wang Xiaoer',
                                        :number, 'MALE', '13800000001', '电子商务', '高职',
                                        2025, '院校考生', '', '')
                                    """)
                            .bind("id", id)
                            .bind("number", "N" + id)
                            .execute();
                    tx.query("select name from candidate where tenant = 1 and id = :id")
                            .bind("id", id)
                            .mapTo(String.class)
                            .one();
                    if (audited) {
                        audit.created(
                                tx,
                                who,
                                "candidate",
                                id,
                                Map.of("name", "王小二", "major", "电子商务", "year", 2025));
                    }
                });
    }

    private static void report(double load, double with, double without) throws Exception {
        double ratio = with / without;
        new BenchReport(Path.of("..", "provisioning", "acceptance", "target", "bench.json"))
                .section(
                        "audit",
                        "eight clerks enter candidates one by one on PostgreSQL, with and without"
                                + " the record of each in the same transaction, in turns; the"
                                + " sealer runs all the time",
                        load,
                        List.of(
                                Figure.information("without", without, "transactions/s"),
                                Figure.information("with", with, "transactions/s"),
                                Figure.atLeast(
                                        "ratio",
                                        ratio,
                                        "with / without",
                                        AIM,
                                        "a fourth statement beside the three of so short a"
                                                + " transaction; with the sealer stopped it is"
                                                + " the same within the noise")));
    }
}
