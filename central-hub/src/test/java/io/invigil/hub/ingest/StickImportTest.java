package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.stick.StickReader;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.receipt.ClockEvidence;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sticks through the same store; fault rows 66 and 67. */
class StickImportTest {
    private static final AtomicLong TENANTS = new AtomicLong(900);

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
        @TempDir Path directory;
        @TempDir Path stick;
        private final SecureRandom random = new SecureRandom();
        private final NodeId node = new NodeId("room-one");
        private final EpochId epoch = EpochId.random(random::nextBytes);
        private final Quiet listener = new Quiet();
        private FleetWorld world;
        private FleetWorld.Box box;
        private StickImport sticks;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        @BeforeEach
        void found() throws Exception {
            world =
                    new FleetWorld(
                            database(), TENANTS.incrementAndGet(), directory, Clock.systemUTC());
            ClaimCode code = world.claim(node.value());
            box = world.box();
            assertThat(world.enrolments.enrol(box.request(code)))
                    .isInstanceOf(Enrolments.Outcome.Enrolled.class);
            Ingest ingest =
                    new Ingest(
                            new Ingest.Parts(
                                    database(),
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
                                    listener,
                                    Clock.systemUTC(),
                                    random::nextBytes));
            SqlHubStore store =
                    new SqlHubStore(database(), world.tenant, Clock.systemUTC(), random::nextBytes);
            sticks =
                    new StickImport(
                            () -> new HubSync(ingest.settings(store)), listener, Clock.systemUTC());
        }

        @Test
        void storesWhatAStickBringsAndWritesTheReceiptOntoIt() throws Exception {
            List<FactRecord> records = records(30);
            StickWriter writer = StickWriter.open(stick);
            writer.write(bundle(records.subList(10, 30)));
            writer.write(bundle(records.subList(0, 10)));
            Files.writeString(
                    stick.resolve(StickWriter.DIRECTORY).resolve("../XSP1/holiday.jpg"), "no");
            StickImport.Outcome outcome = sticks.run(stick);
            assertThat(outcome.files()).isEqualTo(2);
            assertThat(outcome.foreign()).isEqualTo(1);
            assertThat(outcome.alarms()).isZero();
            assertThat(outcome.receipts()).isPositive();
            assertThat(stored()).isEqualTo(records.stream().map(FactRecord::hash).toList());
            assertThat(receipts())
                    .anySatisfy(
                            receipt ->
                                    assertThat(receipt.lanes().getFirst().ackSeq()).isEqualTo(30));

            StickImport.Outcome again = sticks.run(stick);
            assertThat(again.alarms()).isZero();
            assertThat(stored()).hasSize(30);
        }

        @Test
        void keepsAForgedBundleInQuarantine() throws Exception {
            byte[] forged = bundle(records(5));
            forged[forged.length - 70] ^= 1;
            StickWriter.open(stick).write(forged);
            StickImport.Outcome outcome = sticks.run(stick);
            assertThat(outcome.alarms()).isEqualTo(1);
            assertThat(stored()).isEmpty();
            List<AlarmStore.Parked> parked =
                    database()
                            .inTransaction(
                                    tx ->
                                            new AlarmStore(
                                                            database(),
                                                            world.tenant,
                                                            Clock.systemUTC())
                                                    .parked(tx));
            assertThat(parked)
                    .singleElement()
                    .satisfies(item -> assertThat(item.status()).isEqualTo("REJECTED"));
        }

        @Test
        void saysSoWhenThereIsNothingOfOurs() {
            assertThatThrownBy(() -> sticks.run(stick)).isInstanceOf(IOException.class);
        }

        private List<FactRecord> records(int count) {
            List<FactRecord> records = new ArrayList<>();
            var previous =
                    FactRecord.genesis(
                            Suite.ED25519_X25519_AES256GCM,
                            FleetWorld.REALM,
                            node,
                            epoch,
                            Lane.RES);
            for (int seq = 1; seq <= count; seq++) {
                FactRecord record =
                        FactRecord.chained(
                                epoch,
                                Lane.RES,
                                seq,
                                seq,
                                new byte[FactRecord.SALT_BYTES],
                                ("{\"t\":\"note\",\"n\":" + seq + "}")
                                        .getBytes(StandardCharsets.UTF_8),
                                previous);
                previous = record.hash();
                records.add(record);
            }
            return records;
        }

        private byte[] bundle(List<FactRecord> records) {
            NodeBelief belief = new NodeBelief("", "test", "", List.of(), false, 0);
            return BundleCodec.encode(
                            FleetWorld.REALM,
                            node,
                            records,
                            new BundleContext(
                                    belief, new ClockEvidence(0, 0, "boot"), ReceiptMark.NONE),
                            BundleSeal.Hpke.to(
                                    world.realm.seal().getFirst().publicKey(), random::nextBytes),
                            BundleLimits.USB,
                            box.record)
                    .orElseThrow();
        }

        private List<io.invigil.protocol.crypto.Digest> stored() {
            return database()
                    .inTransaction(
                            tx ->
                                    new SqlLanes(tx, world.tenant, Clock.systemUTC().instant())
                                            .records(node, new LaneKey(epoch, Lane.RES), 1, 100))
                    .stream()
                    .map(FactRecord::hash)
                    .toList();
        }

        private List<Receipt> receipts() throws IOException {
            List<Receipt> receipts = new ArrayList<>();
            new StickReader(stick)
                    .read(
                            bytes ->
                                    SignedMessage.decode(bytes)
                                            .filter(m -> m.type() == MessageType.RECEIPT)
                                            .flatMap(m -> m.read(Receipt.class))
                                            .ifPresent(receipts::add));
            return receipts;
        }
    }

    /** Nobody is told. */
    private static final class Quiet implements IngestListener {
        @Override
        public void stored(NodeId node) {}

        @Override
        public void seen(NodeId node, Hello hello) {}

        @Override
        public void gone(NodeId node) {}

        @Override
        public void receipted(NodeId node) {}

        @Override
        public void alarm(HubEffect.Alarm alarm) {}

        @Override
        public void hubEpochOpened(HubEpoch hubEpoch) {}
    }
}
