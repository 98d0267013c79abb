package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.hub.backup.BackupDesk;
import io.invigil.hub.backup.BackupOrder;
import io.invigil.hub.backup.BackupOutcome;
import io.invigil.hub.backup.BackupRefusal;
import io.invigil.hub.backup.Backups;
import io.invigil.hub.backup.Restore;
import io.invigil.hub.broker.BrokerWorld;
import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.SignedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * XSP/1 section 6: grade R2 by a verified backup, and fault rows 38 and 78, on the embedded parts.
 */
class BackupToReceiptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "0123456789abcdef";

    @TempDir Path directory;
    private final SecureRandom random = new SecureRandom();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FleetWorld world;
    private HubCertificates certificates;
    private int port;
    private Box hub;
    private SyncingNode node;
    private Path copies;

    /** A hub's data directory and what runs on it. */
    private record Box(
            DataDirectory data, byte[] key, Database database, List<AutoCloseable> runs) {
        void end() throws Exception {
            for (AutoCloseable run : runs.reversed()) {
                run.close();
            }
            runs.clear();
            database.close();
            data.close();
        }
    }

    @BeforeEach
    void startHubAndNode() throws Exception {
        copies = Files.createDirectory(directory.resolve("copies"));
        hub = box("data-1");
        Migrations migrations = new Migrations(hub.database(), Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", Ingest.class));
        Path keys = hub.data().directory("keys");
        world = new FleetWorld(hub.database(), 1, keys, Clock.systemUTC());
        certificates = new HubCertificates(world.realm, random);
        port = BrokerWorld.freePort();
        run(hub);
        FleetWorld.Box box = world.box();
        node =
                new SyncingNode(
                        "room-one",
                        world.realm,
                        box,
                        new PahoConnector(),
                        "ssl://127.0.0.1:" + port,
                        EnrolledTls.of(world, box, "room-one"),
                        random::nextBytes);
        open.add(node);
        node.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closed : open.reversed()) {
            closed.close();
        }
        hub.end();
    }

    @Test
    void saysThatRecordsAreInASecondPlaceOnlyAfterTheCopyWasReadBack() throws Exception {
        send(Lane.CTL, 5);
        send(Lane.RES, 300);
        assertThat(node.receiptedR2(Lane.RES)).isZero();

        var done = (BackupOutcome.Done) backups(hub).run(order(true));
        assertThat(done.lanes()).isEqualTo(2);
        assertThat(done.records()).isEqualTo(305);
        await(() -> node.receiptedR2(Lane.RES) == 300 && node.receiptedR2(Lane.CTL) == 5);

        send(Lane.RES, 10);
        assertThat(node.receiptedR1(Lane.RES)).isEqualTo(310);
        assertThat(node.receiptedR2(Lane.RES)).isEqualTo(300);
    }

    @Test
    void takesAnOrderThroughTheDataDirectoryAndLeavesTheAnswerThere() throws Exception {
        send(Lane.RES, 20);
        BackupDesk desk = new BackupDesk(hub.data().directory("backup"));
        assertThat(desk.order(order(true))).isTrue();
        assertThat(desk.order(order(true))).isFalse();
        assertThat(desk.answer(ID)).isEmpty();
        desk.look(backups(hub));
        assertThat(desk.answer(ID).orElseThrow())
                .isInstanceOfSatisfying(
                        BackupOutcome.Done.class, done -> assertThat(done.records()).isEqualTo(20));
        assertThat(hub.data().directory("backup")).isEmptyDirectory();
    }

    /** Row 78: what a hub hides so well that its own tables fit, its own receipt still proves. */
    @Test
    void aReceiptAndTheNodesChainProveThatAnAcceptedBundleWasDeleted() {
        send(Lane.RES, 20);
        FactRecord kept = node.records(Lane.RES).getLast();
        send(Lane.RES, 20);
        SignedMessage signed = SignedMessage.decode(node.lastReceipt()).orElseThrow();
        VerifyKey hubKey = world.realm.receipt().verifyKey();
        assertThat(signed.verifiedBy(id -> Optional.of(hubKey).filter(k -> k.keyId().equals(id))))
                .isTrue();
        LaneAck ack =
                signed.read(Receipt.class).orElseThrow().lanes().stream()
                        .filter(lane -> lane.lane() == Lane.RES)
                        .findFirst()
                        .orElseThrow();
        assertThat(ack.ackSeq()).isEqualTo(40);
        assertThat(node.records(Lane.RES).get(39).hash()).isEqualTo(ack.ackHash());
        LaneAudit.Head stated =
                new LaneAudit.Head(
                        node.id, new LaneKey(node.epoch, Lane.RES), ack.ackSeq(), ack.ackHash());
        LaneAudit audit = new LaneAudit(world.tenant, FleetWorld.REALM);
        assertThat(hub.database().<Boolean>inTransaction(tx -> audit.holds(tx, stated))).isTrue();

        hub.database()
                .useTransaction(
                        tx -> tx.update("delete from ingest_run where seq_first > 20").execute());
        assertThatThrownBy(() -> audit.check(hub.database())).isInstanceOf(StoredRunDamaged.class);
        hub.database()
                .useTransaction(
                        tx ->
                                tx.update(
                                                "update ingest_lane set ack_seq = 20, ack_hash ="
                                                        + " :hash where lane = 'res'")
                                        .bind("hash", kept.hash())
                                        .execute());
        assertThat(audit.check(hub.database())).hasSize(1);
        assertThat(hub.database().<Boolean>inTransaction(tx -> audit.holds(tx, stated))).isFalse();
    }

    @Test
    void coversNothingWhenTheCopyIsNotWhatWasReceived() throws Exception {
        send(Lane.RES, 50);
        hub.database()
                .useTransaction(
                        tx -> tx.update("update ingest_run set head_hash = prev_hash").execute());
        BackupOutcome outcome = backups(hub).run(order(true));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        BackupOutcome.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(BackupRefusal.BACKUP_DAMAGED));
        assertThat(copies).isEmptyDirectory();
        assertThat(r2InDatabase()).isZero();
    }

    @Test
    void refusesPlacesThatWouldBeLostTogetherWithTheHub() {
        assertThat(refusal(order(false))).isEqualTo(BackupRefusal.BACKUP_SAME_DISK);
        assertThat(refusal(new BackupOrder(ID, hub.data().root(), true, true, true)))
                .isEqualTo(BackupRefusal.BACKUP_INSIDE_DATA);
        Path nowhere = directory.resolve("nowhere");
        assertThat(refusal(new BackupOrder(ID, nowhere, true, true, true)))
                .isEqualTo(BackupRefusal.BACKUP_NO_DIRECTORY);
    }

    /** Row 38: receipts were given after the backup, the hub is restored, nothing is lost. */
    @Test
    void aRestoredHubGetsAgainWhatItGaveReceiptsForAfterTheBackup() throws Exception {
        send(Lane.RES, 100);
        var done = (BackupOutcome.Done) backups(hub).run(order(true));
        send(Lane.RES, 50);
        HubEpoch before = epoch(hub);
        hub.end();

        Path fresh = Files.createDirectory(directory.resolve("data-2"));
        Files.copy(directory.resolve("data-1/data.key"), fresh.resolve("data.key"));
        Restore restore = new Restore(world.tenant, Clock.systemUTC(), random::nextBytes);
        assertThat(restore.run(done.directory(), fresh, Map.of()))
                .isInstanceOf(BackupOutcome.Done.class);
        hub = box("data-2");
        assertThat(stored(hub)).hasSize(100);
        assertThat(epoch(hub).number()).isEqualTo(before.number() + 1);
        run(hub);
        await(() -> stored(hub).size() == 150 && node.isReceipted());
        assertThat(stored(hub)).usingRecursiveComparison().isEqualTo(node.records(Lane.RES));
    }

    @Test
    void restoresNothingOfABackupInWhichAByteDiffersOrOntoOtherData() throws Exception {
        send(Lane.RES, 20);
        var done = (BackupOutcome.Done) backups(hub).run(order(true));
        Restore restore = new Restore(world.tenant, Clock.systemUTC(), random::nextBytes);
        Path fresh = directory.resolve("data-2");
        assertThat(reason(restore.run(done.directory(), fresh, Map.of())))
                .isEqualTo(BackupRefusal.RESTORE_NO_DATA_KEY);
        Path occupied = Files.createDirectories(directory.resolve("data-3/database"));
        assertThat(reason(restore.run(done.directory(), occupied.getParent(), Map.of())))
                .isEqualTo(BackupRefusal.RESTORE_NOT_EMPTY);
        assertThat(reason(restore.run(copies, fresh, Map.of())))
                .isEqualTo(BackupRefusal.RESTORE_NO_BACKUP);

        Path file;
        try (Stream<Path> files = Files.walk(done.directory().resolve("database/seg0"))) {
            file = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        Files.copy(directory.resolve("data-1/data.key"), fresh.resolve("data.key"));
        assertThat(reason(restore.run(done.directory(), fresh, Map.of())))
                .isEqualTo(BackupRefusal.BACKUP_DAMAGED);
        assertThat(fresh.resolve("database")).doesNotExist();
    }

    private BackupOrder order(boolean sameDisk) {
        return new BackupOrder(ID, copies, sameDisk, true, true);
    }

    private BackupRefusal refusal(BackupOrder order) {
        return reason(backups(hub).run(order));
    }

    private static BackupRefusal reason(BackupOutcome outcome) {
        return ((BackupOutcome.Refused) outcome).reason();
    }

    private void send(Lane lane, int facts) {
        node.append(lane, facts);
        await(node::isReceipted);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(condition);
    }

    private Backups backups(Box box) {
        return new Backups(
                new Backups.Parts(
                        box.database(),
                        box.key(),
                        box.data(),
                        world.tenant,
                        FleetWorld.REALM,
                        Clock.systemUTC(),
                        random::nextBytes),
                heads ->
                        box.runs().stream()
                                .filter(Ingest.class::isInstance)
                                .map(Ingest.class::cast)
                                .forEach(ingest -> assertThat(ingest.covered(heads)).isTrue()));
    }

    private HubEpoch epoch(Box box) {
        return HubEpochs.current(
                box.database(), world.tenant, Clock.systemUTC(), random::nextBytes);
    }

    private List<FactRecord> stored(Box box) {
        return new SqlHubStore(box.database(), world.tenant, Clock.systemUTC(), random::nextBytes)
                .inTransaction(
                        tx -> tx.records(node.id, new LaneKey(node.epoch, Lane.RES), 1, 1_000));
    }

    private long r2InDatabase() {
        return hub.database()
                .inTransaction(
                        tx ->
                                tx.query("select max(r2_seq) from ingest_lane")
                                        .mapTo(Long.class)
                                        .one());
    }

    private Box box(String name) {
        DataDirectory data = DataDirectory.open(directory.resolve(name));
        byte[] key = DataKey.open(data, Map.of(), random::nextBytes).derive("derby");
        Database database = Database.open(DatabaseSettings.embedded(data.file("database"), key));
        return new Box(data, key, database, new ArrayList<>());
    }

    /** Broker and ingest, as the process of a hub has both. */
    private void run(Box box) throws Exception {
        Path own = Files.createDirectories(box.data().root().resolve("broker"));
        box.runs()
                .add(
                        EmbeddedBroker.start(
                                own,
                                InetAddress.getLoopbackAddress(),
                                port,
                                certificates.broker(
                                        own.resolve("tls"), ServerNames.of(List.of("127.0.0.1"))),
                                world.directory));
        Broadcast broadcast = new Broadcast("test");
        IngestEvents events =
                new IngestEvents(
                        () -> {},
                        broadcast,
                        new AlarmStore(box.database(), world.tenant, Clock.systemUTC()),
                        Clock.systemUTC());
        events.start();
        box.runs().add(broadcast);
        box.runs().add(events);
        Ingest ingest =
                new Ingest(
                        new Ingest.Parts(
                                box.database(),
                                world.tenant,
                                FleetWorld.REALM,
                                "main",
                                "test",
                                world.realm.receipt(),
                                List.of(world.realm.receipt().verifyKey()),
                                world.realm.seal(),
                                world.directory,
                                blobs(box),
                                box.data().directory("blob-staging"),
                                events,
                                Clock.systemUTC(),
                                random::nextBytes));
        SSLContext tls = certificates.mqttClient("main");
        ingest.start(
                new PahoConnector(),
                new Ingest.Broker("ssl://127.0.0.1:" + port, Optional.of(tls), 2));
        box.runs().add(ingest);
    }

    private static DirectoryBlobs blobs(Box box) {
        try {
            return new DirectoryBlobs(box.data().directory("blobs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
