package io.invigil.site;

import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.RosterStaff;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.ledger.LedgerAlarm;
import io.invigil.protocol.ledger.LedgerKeys;
import io.invigil.protocol.ledger.LedgerSettings;
import io.invigil.protocol.ledger.OpenedLedger;
import io.invigil.protocol.ledger.device.DirectoryFs;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.site.apart.HeldKeys;
import io.invigil.site.attendance.CheckInCodes;
import io.invigil.site.attendance.PhoneCheckIn;
import io.invigil.site.attendance.Presence;
import io.invigil.site.attendance.RoomLive;
import io.invigil.site.attendance.SeatMaps;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.blob.BlobOutbox;
import io.invigil.site.delivery.CandidateLive;
import io.invigil.site.delivery.CandidateLogins;
import io.invigil.site.delivery.CandidatePapers;
import io.invigil.site.delivery.CandidateViews;
import io.invigil.site.delivery.DeskPins;
import io.invigil.site.delivery.ProvisionalScores;
import io.invigil.site.notes.Notes;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.PackageFiles;
import io.invigil.site.pack.PackageIntake;
import io.invigil.site.pack.Packages;
import io.invigil.site.pack.PaperOpening;
import io.invigil.site.pack.PaperShelf;
import io.invigil.site.pack.TrustedTime;
import io.invigil.site.room.MachineTime;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.history.RoomHistory;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.sync.CentreReceipts;
import io.invigil.site.technician.NodeAlarms;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.SetupCode;
import io.invigil.site.technician.TrustKeeper;
import io.invigil.site.web.SavedSessions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An enrolled node, wired by hand: storage, domain, sync, web; stopped in reverse. Everything that
 * a feature's pages need is reachable from here.
 */
public final class SiteWiring implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SiteWiring.class.getName());

    /** Longer than any exam: nobody is signed out in the middle of it. */
    private static final Duration SESSION_IDLE = Duration.ofHours(6);

    private static final Duration SESSION_LONGEST = Duration.ofHours(14);

    final SiteSettings settings;
    final NodeKeys keys;
    final NodeIdentity identity;
    final TrustKeeper trust;
    final Clock clock;
    final Entropy entropy;
    final RoomTimeSource time;
    final NodeAlarms alarms;
    final Ledger ledger;
    final TrustedTime trusted;
    final ActivePackages active = new ActivePackages();
    final PackageFiles packageFiles;
    final PackageIntake intake;
    final PaperShelf shelf;
    final Packages packages;
    final RoomEngine engine;
    final PaperOpening opening;
    final CentreReceipts receipts = new CentreReceipts();
    final Presence presence = new Presence();
    final DeskPins pins;
    final HeldKeys heldKeys;
    final Notes notes;
    final RosterStaff accounts = new RosterStaff();
    final StaffRoster staff;
    private final StaffDoor staffDoor = new StaffDoor();
    final Logins logins;
    final SetupCode setupCode;
    final CandidateLive candidateLive;
    final RoomLive roomLive;
    final CandidateViews candidateViews;
    final CandidatePapers candidatePapers;
    final CandidateLogins candidateLogins;
    final SeatMaps seatMaps;
    final CheckInCodes checkInCodes;
    final PhoneCheckIn phoneCheckIn;
    final RoomHistory history;
    final DiskSpace disk;
    final SiteStorage storage;
    final BlobOutbox outbox;
    final HttpPages pages;
    final IdentityParts identityParts;
    final DataDirectory data;
    private final I18n i18n;
    private final ScheduledExecutorService timer;
    private final Deque<AutoCloseable> stops = new ArrayDeque<>();

    /** What is open before anything is wired. */
    public record Base(
            SiteSettings settings,
            DataDirectory data,
            DataKey dataKey,
            NodeKeys keys,
            NodeIdentity identity,
            SetupCode setupCode,
            Clock clock,
            Entropy entropy,
            DiskSpace disk) {}

    /** Opens everything up to the web; the listeners start with {@link SiteServer}. */
    public SiteWiring(Base base) throws IOException {
        this.settings = base.settings();
        this.data = base.data();
        this.keys = base.keys();
        this.identity = base.identity();
        this.setupCode = base.setupCode();
        this.clock = base.clock();
        this.entropy = base.entropy();
        this.disk = base.disk();
        this.trust = new TrustKeeper(identity, data.file("identity.json"));
        this.time = MachineTime.of(clock, entropy);
        this.alarms = new NodeAlarms(clock);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("site-timer").daemon().factory());
        stops.push(timer::shutdownNow);
        this.ledger = openLedger(base.dataKey());
        stops.push(ledger);
        this.trusted = new TrustedTime(time, data.file("trusted-time.json"));
        this.packageFiles = new PackageFiles(data.directory("packages"));
        KeyFile keyFile = new KeyFile(data.directory("keys"), base.dataKey(), entropy);
        this.i18n =
                I18n.load(SiteWiring.class.getClassLoader(), settings.zoneId(), SiteTexts.BUNDLES);
        this.storage =
                new SiteStorage(
                        data,
                        settings.ballastMib(),
                        base.disk(),
                        keyFile,
                        entropy,
                        alarms,
                        i18n.texts(Language.ZH_CN));
        this.intake =
                new PackageIntake(
                        identity.realm(),
                        identity.node(),
                        keys.seal(),
                        trust::root,
                        packageFiles,
                        new DirectoryBlobs(data.directory("parts")),
                        clock,
                        trusted,
                        storage::answersOnly);
        this.shelf = new PaperShelf(intake, keyFile);
        this.packages = new Packages(packageFiles, intake, active, shelf);
        String run = HexFormat.of().formatHex(entropy.bytes(8));
        this.candidateLive = new CandidateLive(broadcast(run), active);
        this.roomLive = new RoomLive(broadcast(run), timer);
        this.notes =
                new Notes(new KeyFile(data.directory("notes"), base.dataKey(), entropy), active);
        this.engine = startEngine();
        notes.forgetClosed(engine.state());
        storage.watch(engine, timer);
        presence.tell(
                (sitting, millis) ->
                        engine.submit(new DeskCommand.NoteSilence("node", sitting, millis)));
        this.opening =
                new PaperOpening(
                        active,
                        intake,
                        packageFiles,
                        shelf,
                        engine,
                        keys.seal(),
                        trust::root,
                        trusted,
                        entropy);
        this.pins = new DeskPins(base.dataKey().derive("desk-pins"));
        this.staff = new StaffRoster(active, accounts, engine::state, staffDoor::ended);
        staffDoor.opened(staff);
        staff.refresh();
        this.logins =
                new Logins(
                        accounts,
                        clock,
                        entropy,
                        event -> LOG.log(System.Logger.Level.INFO, "staff login: {0}", event));
        this.heldKeys = new HeldKeys(base.dataKey().derive("held-answers"));
        this.candidateViews = new CandidateViews(engine, receipts, heldKeys);
        this.candidatePapers = new CandidatePapers(active, shelf, engine, storage.blobs);
        this.candidateLogins = new CandidateLogins(active, engine, pins, clock);
        this.seatMaps = new SeatMaps(engine, receipts, presence);
        this.checkInCodes = new CheckInCodes(base.dataKey().derive("check-in-codes"), time);
        this.phoneCheckIn = new PhoneCheckIn(active, engine, checkInCodes, clock);
        this.history = startHistory(base.dataKey());
        this.outbox = new BlobOutbox(ledger, storage.blobs, this::examOf, this::blobLost);
        this.pages = pages(base.dataKey());
        this.identityParts = new IdentityParts(this, keyFile, storage.blobs);
        stops.push(identityParts);
    }

    /** Beside the room: whatever becomes of it, the exam goes on (P8). */
    private RoomHistory startHistory(DataKey dataKey) {
        RoomHistory started =
                new RoomHistory(
                        ledger,
                        data.directory("projection").resolve("history"),
                        dataKey.derive("derby"),
                        this::examOf,
                        storage::answersOnly,
                        clock,
                        alarms::raise);
        stops.push(started);
        started.start();
        return started;
    }

    private String examOf(long sitting) {
        return engine.state().examOf(sitting).map(ExamState::exam).orElse("");
    }

    /** Once durable as a fact it is told at every later start by the ledger, not again. */
    private void blobLost(String exam, Digest blob) {
        alarms.raise("BLOB_LOST", blob.shortHex());
        engine.submit(new RoomCommand.ReportBlobLost("node", exam, blob.hex()));
    }

    /** A package came into force: its staff may log in. */
    void packagesChanged() {
        staff.refresh();
        identityParts.packagesChanged();
        roomLive.changed();
    }

    private Ledger openLedger(DataKey dataKey) throws IOException {
        LedgerKeys ledgerKeys =
                new LedgerKeys(
                        dataKey.derive("ledger"),
                        trust.root().sealKeys(TrustRole.RECOVERY).getFirst(),
                        keys.signing());
        LedgerSettings ledgerSettings =
                LedgerSettings.of(
                        identity.realm(),
                        identity.node(),
                        ledgerKeys,
                        "process-start",
                        entropy,
                        clock,
                        this::ledgerAlarm);
        LedgerFs first = new DirectoryFs(data.directory("ledger"));
        OpenedLedger opened = Ledger.open(ledgerSettings, first, secondDevice());
        opened.alarms().forEach(this::ledgerAlarm);
        return opened.ledger();
    }

    /** A device that cannot be used now does not stop the node: the ledger alarms. */
    private Optional<LedgerFs> secondDevice() {
        if (settings.secondDevice().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DirectoryFs(settings.secondDevice().get()));
        } catch (IOException unusable) {
            alarms.raise("SECOND_DEVICE_UNUSABLE", String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private void ledgerAlarm(LedgerAlarm alarm) {
        String detail = alarm.device().map(device -> device + ": ").orElse("") + alarm.detail();
        alarms.raise("LEDGER_" + alarm.kind(), detail);
    }

    private RoomEngine startEngine() {
        AtomicReference<RoomEngine> started = new AtomicReference<>();
        ProvisionalScores scores = new ProvisionalScores(active, shelf, started::get);
        RoomEngine running =
                RoomEngine.start(
                        ledger,
                        packages.load(),
                        time,
                        List.of(
                                (state, facts, gap) -> {
                                    if (started.get() != null) {
                                        scores.published(state, facts, gap);
                                    }
                                },
                                packages::published,
                                notes::published,
                                staffDoor,
                                candidateLive,
                                roomLive));
        stops.push(running);
        started.set(running);
        packages.catchUp(running);
        scores.scoreAll(running.state());
        return running;
    }

    private Broadcast broadcast(String run) {
        Broadcast broadcast = new Broadcast(run);
        stops.push(broadcast);
        return broadcast;
    }

    private HttpPages pages(DataKey dataKey) {
        SavedSessions sessions =
                new SavedSessions(data.file("sessions"), dataKey.derive("sessions"), entropy);
        stops.push(sessions);
        staffDoor.opened(sessions);
        ClassLoader loader = SiteWiring.class.getClassLoader();
        return new HttpPages(
                new PagesSettings(
                        "invigil-" + identity.node(),
                        dataKey.derive("web"),
                        SESSION_IDLE,
                        SESSION_LONGEST),
                sessions,
                i18n,
                new Chrome("site.product", List.<NavItem>of()),
                new Assets(
                        loader,
                        "delivery",
                        "apart",
                        "attendance",
                        "proctoring",
                        "technician",
                        "rehearsal",
                        "identity",
                        "device"),
                clock,
                entropy,
                staff::mayEnter);
    }

    /** Registers something that stops before everything opened earlier. */
    void stopFirst(AutoCloseable part) {
        stops.push(part);
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    WebServers.Builder servers() {
        return WebServers.builder(pages, entropy);
    }

    @Override
    public void close() {
        while (!stops.isEmpty()) {
            AutoCloseable part = stops.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.log(System.Logger.Level.ERROR, "a part did not stop cleanly", failed);
            }
        }
    }
}
