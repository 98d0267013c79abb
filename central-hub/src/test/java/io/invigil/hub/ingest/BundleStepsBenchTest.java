package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleOpening;
import io.invigil.protocol.bundle.BundleParse;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.bundle.SealedBundle;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.receipt.ClockEvidence;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the hub's time for a bundle goes, step by step on one thread without a broker: what limits
 * the throughput of {@link BundlesBenchTest} is a measurement. The steps before SQL are timed by
 * themselves over the same bundles and taken off the whole.
 */
@Tag("bench")
class BundleStepsBenchTest {
    private static final int BUNDLES = IngestWorker.BATCH_MAX;
    private static final int ROUNDS = 12;
    private static final int WARM_UP_ROUNDS = 6;
    private static final int TWO_RECEIPTS_MILLIS = 300;

    @TempDir Path directory;
    private final SecureRandom random = new SecureRandom();
    private FleetWorld world;
    private FleetWorld.Box box;
    private final NodeId node = new NodeId("room-one");

    @Test
    void theStepsOfABundle() throws Exception {
        double load = BenchReport.load();
        try (Database database = StoreContract.fresh(Dialect.DERBY, directory.resolve("derby"))) {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Ingest.class));
            world = new FleetWorld(database, 900, directory, Clock.systemUTC());
            box = world.box();
            byte[] request = box.request(world.claim(node.value()));
            assertThat(world.enrolments.enrol(request))
                    .isInstanceOf(Enrolments.Outcome.Enrolled.class);
            List<Figure> figures = new ArrayList<>();
            for (int facts : List.of(500, 12)) {
                Map<String, Double> steps = steps(database, facts);
                String size = facts == 500 ? "full" : "small";
                steps.forEach(
                        (step, millis) ->
                                figures.add(Figure.information(size + step, millis, "ms")));
                double sum = steps.values().stream().mapToDouble(Double::doubleValue).sum();
                figures.add(Figure.information(size + "BundlesOnOneThread", 1e3 / sum, "1/s"));
            }
            BenchReport.ofBuild()
                    .section(
                            "bundleSteps",
                            "the hub's state machine on embedded Derby, "
                                    + BUNDLES
                                    + " bundles in one transaction on one thread, without a"
                                    + " broker; milliseconds for each bundle; receipt: one for"
                                    + " the whole batch",
                            load,
                            figures);
        }
    }

    private Map<String, Double> steps(Database database, int facts) throws IOException {
        Map<String, Double> sums = new LinkedHashMap<>();
        BatchHubStore store =
                new BatchHubStore(database, world.tenant, Clock.systemUTC(), random::nextBytes);
        Ingest ingest = ingest(database);
        EpochId epoch = EpochId.random(random::nextBytes);
        Digest[] head = {
            FactRecord.genesis(
                    Suite.ED25519_X25519_AES256GCM, FleetWorld.REALM, node, epoch, Lane.RES)
        };
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            long first = (long) (round + WARM_UP_ROUNDS) * BUNDLES * facts + 1;
            List<byte[]> bundles = bundles(epoch, first, facts, head);
            Map<String, Double> times = new LinkedHashMap<>();
            double outside = withoutSql(bundles, times);
            withSql(store, ingest, bundles, outside, times);
            if (round >= 0) {
                times.forEach((step, time) -> sums.merge(step, time / ROUNDS, Double::sum));
            }
        }
        return sums;
    }

    /** The steps that need no database, each over all bundles; returns their sum. */
    private double withoutSql(List<byte[]> bundles, Map<String, Double> times) {
        BundleSeal.Opener opener = BundleSeal.Hpke.with(world.realm.seal());
        List<SealedBundle> sealed = new ArrayList<>();
        List<byte[]> deflated = new ArrayList<>();
        List<List<FactRecord>> records = new ArrayList<>();
        double form =
                each(
                        bundles,
                        bytes ->
                                sealed.add(
                                        ((BundleParse.Parsed)
                                                        BundleCodec.parse(bytes, BundleLimits.MQTT))
                                                .bundle()));
        double verify =
                each(
                        sealed,
                        bundle ->
                                assertThat(
                                                bundle.verify(
                                                        id ->
                                                                world.directory
                                                                        .standing(node)
                                                                        .orElseThrow()
                                                                        .verifyKey(id)))
                                        .isEmpty());
        double open =
                each(
                        sealed,
                        bundle ->
                                deflated.add(
                                        opener.open(
                                                        bundle.header().sealKeyId(),
                                                        bundle.headerBytes(),
                                                        bundle.body())
                                                .orElseThrow()));
        double inflate = each(deflated, BundleStepsBenchTest::inflate);
        double whole =
                each(
                        sealed,
                        bundle ->
                                records.add(
                                        ((BundleOpening.Opened)
                                                        BundleCodec.open(
                                                                bundle, opener, BundleLimits.MQTT))
                                                .bundle()
                                                .records()));
        double pack = each(records, run -> assertThat(RunCodec.pack(run)).isNotEmpty());
        times.put("Form", form);
        times.put("VerifySignature", verify);
        times.put("OpenSeal", open);
        times.put("Inflate", inflate);
        times.put("ChainHash", whole - open - inflate);
        times.put("PackRun", pack);
        return form + verify + whole + pack;
    }

    private void withSql(
            BatchHubStore store,
            Ingest ingest,
            List<byte[]> bundles,
            double outside,
            Map<String, Double> times) {
        HubSync machine = new HubSync(ingest.settings(store));
        long[] at = new long[4];
        int[] receipts = {0};
        at[0] = System.nanoTime();
        store.together(
                attempt -> {
                    at[1] = System.nanoTime();
                    for (byte[] bundle : bundles) {
                        machine.handle(
                                1, 1, new HubInput.Received(1, node, Topics.UpKind.RES, bundle));
                    }
                    at[2] = System.nanoTime();
                    for (HubEffect effect :
                            machine.handle(TWO_RECEIPTS_MILLIS, 1, new HubInput.Tick())) {
                        if (effect instanceof HubEffect.Send) {
                            receipts[0]++;
                        }
                    }
                    at[3] = System.nanoTime();
                    return attempt;
                });
        long end = System.nanoTime();
        assertThat(receipts[0]).isEqualTo(1);
        times.put("Sql", (at[2] - at[1]) / 1e6 / BUNDLES - outside);
        times.put("Receipt", (at[3] - at[2]) / 1e6 / BUNDLES);
        times.put("Commit", (end - at[3] + at[1] - at[0]) / 1e6 / BUNDLES);
    }

    private static <T> double each(List<T> items, Consumer<T> work) {
        long start = System.nanoTime();
        items.forEach(work);
        return (System.nanoTime() - start) / 1e6 / items.size();
    }

    private static void inflate(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] out = new byte[8 * deflated.length];
            assertThat(inflater.inflate(out)).isPositive();
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    private List<byte[]> bundles(EpochId epoch, long first, int facts, Digest[] head) {
        List<byte[]> bundles = new ArrayList<>();
        BundleContext context =
                new BundleContext(
                        new NodeBelief("", "test", "", List.of(), false, 1 << 30),
                        new ClockEvidence(1, 1, "boot"),
                        ReceiptMark.NONE);
        BundleSeal.Sealer sealer =
                BundleSeal.Hpke.to(world.realm.seal().getFirst().publicKey(), random::nextBytes);
        long seq = first;
        for (int i = 0; i < BUNDLES; i++) {
            List<FactRecord> records = new ArrayList<>();
            for (int fact = 0; fact < facts; fact++, seq++) {
                byte[] salt = new byte[FactRecord.SALT_BYTES];
                random.nextBytes(salt);
                byte[] json =
                        ("{\"t\":\"note\",\"n\":" + seq + "}").getBytes(StandardCharsets.UTF_8);
                FactRecord record =
                        FactRecord.chained(epoch, Lane.RES, seq, seq, salt, json, head[0]);
                records.add(record);
                head[0] = record.hash();
            }
            bundles.add(
                    BundleCodec.encode(
                                    FleetWorld.REALM,
                                    node,
                                    records,
                                    context,
                                    sealer,
                                    BundleLimits.MQTT,
                                    box.record)
                            .orElseThrow());
        }
        return bundles;
    }

    private Ingest ingest(Database database) throws IOException {
        return new Ingest(
                new Ingest.Parts(
                        database,
                        world.tenant,
                        FleetWorld.REALM,
                        "main",
                        "test",
                        world.realm.receipt(),
                        List.of(world.realm.receipt().verifyKey()),
                        world.realm.seal(),
                        world.directory,
                        new DirectoryBlobs(directory.resolve("blobs")),
                        directory.resolve("staging"),
                        new IngestEvents(
                                () -> {},
                                new Broadcast("test"),
                                new AlarmStore(database, world.tenant, Clock.systemUTC()),
                                Clock.systemUTC()),
                        Clock.systemUTC(),
                        random::nextBytes));
    }
}
