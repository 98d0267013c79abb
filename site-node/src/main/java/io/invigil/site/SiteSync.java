package io.invigil.site;

import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.receipt.ManifestMark;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.site.attendance.PortalClaims;
import io.invigil.site.pack.HubPackages;
import io.invigil.site.sync.HubCommands;
import io.invigil.site.sync.HubPolling;
import io.invigil.site.sync.LedgerRepair;
import io.invigil.site.sync.StickExport;
import io.invigil.site.sync.Sticks;
import io.invigil.site.sync.SyncDriver;
import io.invigil.site.sync.SyncStatus;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.technician.HubTls;
import io.invigil.site.technician.NodeStatusReader;
import io.invigil.site.trust.CertificateRenewal;
import io.invigil.site.trust.RevocationKeeper;
import io.invigil.site.trust.TrustUpkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The node's ways to the centre: MQTT, HTTPS, sticks. Starts after the room and stops before. */
public final class SiteSync {
    private static final int MEMORY_BYTES_MAX = 4 * 1024 * 1024;
    private static final long FREE_STEP_BYTES = 256L * 1024 * 1024;

    private final SiteWiring site;
    private final SyncStatus status;
    private final SyncDriver driver;
    private final HubPolling polling;
    private final Sticks sticks;
    private final NodeStatusReader statusReader;

    private SiteSync(SiteWiring site) throws IOException {
        this.site = site;
        this.status = new SyncStatus(site.clock);
        this.statusReader =
                new NodeStatusReader(
                        site.trust,
                        SiteMain.SOFTWARE,
                        site.disk,
                        site.storage.space,
                        site.settings.secondDevice().isPresent(),
                        site.ledger,
                        site.engine,
                        site.active,
                        site.trusted,
                        site.alarms,
                        site.clock);
        EnrolmentReply enrolment = site.identity.enrolment();
        SSLContext tls =
                HubTls.renewable(
                        site.keys.client().getPrivate(),
                        () -> site.trust.identity().enrolment().clientChain(),
                        () -> site.trust.root().caCertificates());
        this.driver = driver(enrolment, tls);
        HubHttp hub = new HubHttp(URI.create(enrolment.hubUrl()), tls);
        this.polling =
                new HubPolling(
                        hub,
                        new HubPackages(hub, site.data.directory("downloads")),
                        site.packages,
                        site.opening,
                        upkeep(site),
                        driver,
                        new LedgerRepair(hub, site.ledger, site.alarms::raise),
                        site.engine,
                        status,
                        site::packagesChanged,
                        site.settings.hubEvery(),
                        site.entropy);
        this.sticks =
                new Sticks(
                        driver,
                        new StickExport(driver, site.outbox),
                        site.packages,
                        site.opening,
                        site.engine);
    }

    /** Starts the threads; they are stopped by the wiring. */
    public static SiteSync start(SiteWiring site) throws IOException {
        SiteSync sync = new SiteSync(site);
        sync.driver.start();
        site.stopFirst(sync.driver);
        sync.polling.start();
        site.stopFirst(sync.polling);
        return sync;
    }

    private static TrustUpkeep upkeep(SiteWiring site) {
        var revocations =
                new RevocationKeeper(
                        site.data.file("revocations"),
                        site.identity.realm(),
                        site.keys.signing().verifyKey().keyId(),
                        site.trust::root);
        var renewal =
                new CertificateRenewal(
                        site.keys,
                        site.trust,
                        site.settings.serverNames(),
                        SiteMain.SOFTWARE,
                        site.clock,
                        site.trusted::now,
                        CertificateRenewal.overHttps(site.trust));
        return new TrustUpkeep(site.trust, revocations, renewal, site.alarms::raise);
    }

    private SyncDriver driver(EnrolmentReply enrolment, SSLContext tls) {
        Path memoryFile = site.data.file("receipts.json");
        NodeSyncSettings settings =
                new NodeSyncSettings(
                        site.identity.realm(),
                        site.identity.node(),
                        site.ledger.epoch(),
                        site.keys.signing(),
                        () ->
                                BundleSeal.Hpke.to(
                                        site.trust.root().sealKeys(TrustRole.SEAL).getFirst(),
                                        site.entropy),
                        () -> site.trust.root().sealKeys(TrustRole.SEAL).getFirst(),
                        site.trust::hubKey,
                        belief(),
                        site.entropy);
        String filter = Topics.downFilter(site.identity.realm(), site.identity.node());
        String clientId = site.identity.node() + ":" + site.ledger.epoch().hex().substring(0, 8);
        Optional<SSLContext> context =
                enrolment.mqttUri().startsWith("ssl:") ? Optional.of(tls) : Optional.empty();
        return new SyncDriver(
                settings,
                memory(memoryFile),
                site.ledger,
                new PahoConnector(),
                will ->
                        MqttEndpoint.node(
                                enrolment.mqttUri(),
                                clientId,
                                context,
                                List.of(filter),
                                Optional.of(will)),
                memoryFile,
                site.time,
                this::belief,
                site.outbox,
                new SyncDriver.Listeners(
                        status,
                        site.receipts,
                        site.trusted,
                        new HubCommands(
                                site.opening::released,
                                new PortalClaims(site.active, site.engine, site.checkInCodes),
                                site.engine,
                                site.identity.realm(),
                                site.identity.node(),
                                site.keys.seal()),
                        site.roomLive::changed));
    }

    private static ReceiptMemory memory(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) > MEMORY_BYTES_MAX) {
                return ReceiptMemory.EMPTY;
            }
            return ReceiptMemory.decode(Files.readAllBytes(file)).orElse(ReceiptMemory.EMPTY);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Free space in coarse steps, or every tick would be a new belief. */
    private NodeBelief belief() {
        Instant now = site.clock.instant();
        List<ManifestMark> marks =
                site.active.all().stream()
                        .sorted(
                                (a, b) ->
                                        Long.compare(
                                                b.manifest().version(), a.manifest().version()))
                        .limit(NodeBelief.MANIFESTS_MAX)
                        .map(
                                pack ->
                                        new ManifestMark(
                                                pack.exam(),
                                                pack.manifest().version(),
                                                pack.digest()))
                        .toList();
        boolean stale =
                site.active.all().stream()
                        .anyMatch(pack -> now.isAfter(pack.manifest().freshUntil()));
        long free = statusReader.freeBytes() / FREE_STEP_BYTES * FREE_STEP_BYTES;
        return new NodeBelief("", SiteMain.SOFTWARE, "", marks, stale, free);
    }

    public SyncStatus status() {
        return status;
    }

    public Sticks sticks() {
        return sticks;
    }

    public NodeStatusReader statusReader() {
        return statusReader;
    }

    /** Asks the hub for packages at once. */
    public void askHubNow() {
        polling.now();
    }
}
