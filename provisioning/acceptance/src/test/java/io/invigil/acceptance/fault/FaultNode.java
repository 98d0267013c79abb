package io.invigil.acceptance.fault;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.blob.FactBlobs;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.carrier.stick.StickKind;
import io.invigil.protocol.carrier.stick.StickReader;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.EpochHeads;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.ledger.LedgerKeys;
import io.invigil.protocol.ledger.LedgerSettings;
import io.invigil.protocol.ledger.device.DirectoryFs;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import io.invigil.site.blob.BlobDisk;
import io.invigil.site.blob.BlobOutbox;
import io.invigil.site.blob.KeepDecision;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.pack.TrustedTime;
import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.sync.CentreReceipts;
import io.invigil.site.sync.StickExport;
import io.invigil.site.sync.SyncDriver;
import io.invigil.site.sync.SyncStatus;
import io.invigil.site.technician.EnrolDecision;
import io.invigil.site.technician.Enrolment;
import io.invigil.site.technician.HubTls;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * A site node without its room and pages: keys, enrolment, the ledger on two directories and the
 * driver of sync are those of the product. Used by one thread.
 */
final class FaultNode implements AutoCloseable {
    private static final long SAVED_SECONDS_MAX = 60;

    private final SecureRandom random = new SecureRandom();
    private final Entropy entropy = random::nextBytes;
    private final NodeIdentity identity;
    private final Ledger ledger;
    private final SyncDriver driver;
    private final BlobOutbox outbox;
    private final RoomBlobs blobs;
    private final SyncStatus status = new SyncStatus(Clock.systemUTC());
    private final List<String> acknowledged = new ArrayList<>();

    private FaultNode(
            Path home, NodeIdentity identity, MqttConnector connector, List<String> earlier)
            throws IOException {
        acknowledged.addAll(earlier);
        this.identity = identity;
        NodeKeys keys = keys(home, entropy);
        TrustRoot root = identity.trustRoot();
        SealPublicKey seal = root.sealKeys(TrustRole.SEAL).getFirst();
        LedgerKeys ledgerKeys =
                new LedgerKeys(
                        new byte[DataKey.BYTES],
                        root.sealKeys(TrustRole.RECOVERY).getFirst(),
                        keys.signing());
        this.ledger =
                Ledger.open(
                                LedgerSettings.of(
                                        identity.realm(),
                                        identity.node(),
                                        ledgerKeys,
                                        "process-start",
                                        entropy,
                                        Clock.systemUTC(),
                                        alarm -> {}),
                                new DirectoryFs(home.resolve("ledger")),
                                Optional.of(new DirectoryFs(home.resolve("second"))))
                        .ledger();
        NodeBelief belief = new NodeBelief("", "test", "", List.of(), false, 1 << 30);
        NodeSyncSettings settings =
                new NodeSyncSettings(
                        identity.realm(),
                        identity.node(),
                        ledger.epoch(),
                        keys.signing(),
                        () -> BundleSeal.Hpke.to(seal, entropy),
                        () -> seal,
                        keyId ->
                                root.verifyKeys(TrustRole.RECEIPT).stream()
                                        .filter(key -> key.keyId().equals(keyId))
                                        .findFirst(),
                        belief,
                        entropy);
        SSLContext tls =
                HubTls.mutual(
                        keys.client().getPrivate(),
                        identity.enrolment().clientChain(),
                        root.caDer());
        String client = identity.node() + ":" + ledger.epoch().hex().substring(0, 8);
        long since = System.nanoTime() / 1_000_000;
        RoomTimeSource time =
                () ->
                        new CoreTime(
                                System.currentTimeMillis(),
                                System.nanoTime() / 1_000_000 - since,
                                "boot");
        Path memory = home.resolve("receipts.json");
        this.blobs =
                RoomBlobs.open(
                        home.resolve("blobs"),
                        keyFile(home, entropy),
                        entropy,
                        BlobDisk.real(),
                        () -> Long.MAX_VALUE,
                        (code, detail) -> {});
        this.outbox = new BlobOutbox(ledger, blobs, sitting -> "E-1", this::blobLost);
        this.driver =
                new SyncDriver(
                        settings,
                        remembered(memory),
                        ledger,
                        connector,
                        will ->
                                MqttEndpoint.node(
                                        identity.enrolment().mqttUri(),
                                        client,
                                        Optional.of(tls),
                                        List.of(
                                                Topics.downFilter(
                                                        identity.realm(), identity.node())),
                                        Optional.of(will)),
                        memory,
                        time,
                        () -> belief,
                        outbox,
                        new SyncDriver.Listeners(
                                status,
                                new CentreReceipts(),
                                new TrustedTime(time, home.resolve("trusted-time.json")),
                                release -> {},
                                () -> {}));
    }

    /** Enrols at the hub with a claim code and starts to sync. */
    static FaultNode enrolled(Path home, String claimCode, String hubUrl, MqttConnector connector)
            throws IOException {
        Files.createDirectories(home);
        Enrolment enrolment =
                new Enrolment(
                        keys(home, new SecureRandom()::nextBytes),
                        home.resolve("identity.json"),
                        List.of("localhost"),
                        "test",
                        Clock.systemUTC());
        if (!(enrolment.enrol(claimCode, hubUrl) instanceof EnrolDecision.Enrolled)) {
            throw new IllegalStateException("the node was not let in");
        }
        return started(home, connector, List.of());
    }

    /** Starts on the files of an enrolled node: the next process, or a copy of its disk. */
    static FaultNode started(Path home, MqttConnector connector, List<String> acknowledged)
            throws IOException {
        NodeIdentity identity = NodeIdentity.read(home.resolve("identity.json")).orElseThrow();
        FaultNode node = new FaultNode(home, identity, connector, acknowledged);
        node.driver.start();
        return node;
    }

    private static NodeKeys keys(Path home, Entropy entropy) throws IOException {
        return NodeKeys.open(keyFile(home, entropy), entropy);
    }

    private static KeyFile keyFile(Path home, Entropy entropy) throws IOException {
        Path place = Files.createDirectories(home.resolve("keys"));
        return new KeyFile(place, DataKey.of(new byte[DataKey.BYTES]), entropy);
    }

    /** As the room does it, but for the exam, which this hub has not published. */
    private void blobLost(String exam, Digest blob) {
        Map<String, Object> fact = Map.of("t", FactBlobs.LOST, "sha256", blob.hex());
        ledger.append(List.of(new FactDraft(Lane.IMG, Json.write(fact))));
    }

    /** Keeps content as the room does: the file first, then the fact that names it. */
    Digest keep(byte[] content) throws Exception {
        KeepDecision decision = blobs.keep("E-1", "image/jpeg", content);
        if (!(decision instanceof KeepDecision.Kept kept)) {
            throw new IllegalStateException("not kept: " + decision);
        }
        Map<String, Object> fact = Map.of("t", "note", "text", kept.hex(), "blob", kept.hex());
        var draft = new FactDraft(Lane.IMG, Json.write(fact));
        ledger.append(List.of(draft)).toCompletableFuture().get(SAVED_SECONDS_MAX, SECONDS);
        acknowledged.add(kept.hex());
        return kept.digest();
    }

    /** Writes everything that waits onto a stick. */
    StickExport.Exported exportTo(Path stick) throws IOException {
        return new StickExport(driver, outbox).exportTo(stick);
    }

    /** Takes the hub's words from a stick. */
    void importFrom(Path stick) throws IOException {
        new StickReader(stick)
                .read(
                        bytes -> {
                            if (StickKind.of(bytes).equals(Optional.of(StickKind.MESSAGE))) {
                                driver.message(bytes).join();
                            }
                        });
    }

    /** Blobs that facts name and no receipt. */
    int waitingBlobs() {
        return outbox.all().size();
    }

    private static ReceiptMemory remembered(Path file) throws IOException {
        return Files.exists(file)
                ? ReceiptMemory.decode(Files.readAllBytes(file)).orElseThrow()
                : ReceiptMemory.EMPTY;
    }

    /** Saves facts one by one, each acknowledged as the room would be, before it returns. */
    void save(Lane lane, String name, int count, int bytes) throws Exception {
        List<CompletableFuture<String>> saves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = name + "-" + i + "-" + filling(bytes);
            var draft = new FactDraft(lane, Json.write(Map.of("t", "note", "text", text)));
            saves.add(
                    ledger.append(List.of(draft)).thenApply(durable -> text).toCompletableFuture());
        }
        for (CompletableFuture<String> save : saves) {
            acknowledged.add(save.get(SAVED_SECONDS_MAX, SECONDS));
        }
    }

    /** Text that does not compress to nothing. */
    private String filling(int bytes) {
        return HexFormat.of().formatHex(entropy.bytes(bytes / 2));
    }

    /** What this process has to answer for. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Every durable record of all process starts that the node has. */
    List<FactRecord> records() {
        List<FactRecord> all = new ArrayList<>();
        for (EpochHeads epoch : ledger.heads()) {
            for (Lane lane : epoch.lanes().keySet()) {
                long next = 1;
                for (List<FactRecord> page = page(epoch, lane, next);
                        !page.isEmpty();
                        page = page(epoch, lane, next)) {
                    all.addAll(page);
                    next = page.getLast().seq() + 1;
                }
            }
        }
        return all;
    }

    private List<FactRecord> page(EpochHeads epoch, Lane lane, long from) {
        return ledger.read(epoch.epoch(), lane, from, Ledger.READ_RECORDS_MAX, Integer.MAX_VALUE);
    }

    /** What durable facts say is lost for ever. */
    List<Digest> lostBlobs() {
        return records().stream().flatMap(r -> FactBlobs.lost(r.json()).stream()).toList();
    }

    /** Records that no verified receipt covers; asked of the state machine itself. */
    long waiting() {
        return driver.call(NodeSync::unreceipted).join();
    }

    boolean isFlowing() {
        return status.view().flowing();
    }

    List<String> alarms() {
        return status.view().alarms().stream().map(SyncStatus.Noted::code).toList();
    }

    /** Of this process; hexadecimal. */
    String epoch() {
        return ledger.epoch().hex();
    }

    NodeId id() {
        return identity.node();
    }

    @Override
    public void close() {
        driver.close();
        ledger.close();
    }
}
