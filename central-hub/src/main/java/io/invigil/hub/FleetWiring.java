package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.selftest.Health;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.hub.admission.AdmissionPages;
import io.invigil.hub.admission.Admissions;
import io.invigil.hub.backup.BackupDesk;
import io.invigil.hub.backup.Backups;
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.fleet.FleetDirectory;
import io.invigil.hub.fleet.NodePages;
import io.invigil.hub.fleet.TrustStatements;
import io.invigil.hub.ingest.AlarmStore;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.Ingest;
import io.invigil.hub.ingest.IngestEvents;
import io.invigil.hub.ingest.IngestPages;
import io.invigil.hub.ingest.LaneAudit;
import io.invigil.hub.ingest.ParkedBundles;
import io.invigil.hub.ingest.ProjectionRunner;
import io.invigil.hub.ingest.ProjectionThread;
import io.invigil.hub.ingest.RecordsApi;
import io.invigil.hub.ingest.SqlHubStore;
import io.invigil.hub.ingest.StickImport;
import io.invigil.hub.ingest.StickWatch;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.pack.KeyReleases;
import io.invigil.hub.pack.NodeApi;
import io.invigil.hub.pack.PackagePages;
import io.invigil.hub.pack.PackageProjection;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.pack.Packages;
import io.invigil.hub.pack.RoomStaff;
import io.invigil.hub.pack.RoomStaffPages;
import io.invigil.hub.pack.RulesText;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.sessionroom.TeacherAccounts;
import io.invigil.hub.site.Sites;
import io.invigil.hub.staffing.ProctorAccounts;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Nodes, their packages, and what they send. */
public final class FleetWiring implements FeatureWiring {
    private static final int RUN_ID_BYTES = 8;
    private static final int ENROLMENTS_AT_ONCE = 20;
    private static final Duration ENROLMENT_EVERY = Duration.ofSeconds(10);
    private static final long RELEASE_SECONDS = 2;
    private static final long STICK_SECONDS = 5;
    private static final long BACKUP_SECONDS = 2;
    private static final long STOP_SECONDS = 10;
    private static final System.Logger LOG = System.getLogger(FleetWiring.class.getName());

    private final HubParts parts;
    private final List<Downlink> downlinks;
    private final FleetDirectory directory;
    private final Fleet fleet;
    private final RoomStaff roomStaff;
    private final Packages packages;
    private final KeyReleases releases;
    private final Enrolments enrolments;
    private final Broadcast broadcast;
    private final AlarmStore alarms;
    private final IngestEvents events;
    private final Ingest ingest;
    private final ProjectionRunner runner;
    private final ProjectionThread projections;
    private final StickWatch sticks;
    private final Backups backups;
    private final BackupDesk backupDesk;
    private final Ingest.Broker broker;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("fleet-clock").factory());

    /** Its own: a stick takes long and releases must not wait. */
    private final ScheduledExecutorService sticksClock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("fleet-sticks").factory());

    /** Its own as well: a backup may take hours. */
    private final ScheduledExecutorService backupClock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("fleet-backup").factory());

    /**
     * @param instance name of this hub instance
     * @param broker where ingest connects
     * @param addresses where nodes find hub and broker
     * @param others projections of the other features
     * @param downlinks what other features send to nodes
     */
    public FleetWiring(
            HubParts parts,
            String instance,
            Ingest.Broker broker,
            Enrolments.Addresses addresses,
            List<FactProjection> others,
            List<Downlink> downlinks) {
        this.parts = parts;
        this.downlinks = List.copyOf(downlinks);
        this.broker = broker;
        PackageRegister register = new PackageRegister(parts.tenant());
        this.directory =
                new FleetDirectory(
                        parts.database(), parts.tenant(), parts.realm().realm(), register::examsOf);
        Sites sites = new Sites();
        this.fleet =
                new Fleet(
                        parts.database(),
                        parts.tenant(),
                        parts.realm(),
                        sites,
                        directory,
                        parts.clock(),
                        parts.entropy());
        this.enrolments =
                new Enrolments(
                        parts.database(),
                        parts.tenant(),
                        parts.realm(),
                        directory,
                        addresses,
                        parts.clock(),
                        parts.entropy());
        this.roomStaff =
                new RoomStaff(
                        parts.tenant(),
                        sites,
                        parts.entropy(),
                        ProctorAccounts.assigned().and(TeacherAccounts.teaching()));
        Plans plans = new Plans();
        Packages.Parts packageParts =
                new Packages.Parts(
                        parts.database(),
                        parts.tenant(),
                        parts.realm(),
                        fleet,
                        plans,
                        new Papers(parts.clock(), plans),
                        roomStaff,
                        RulesText.standard(),
                        parts.blobs(),
                        parts.clock(),
                        parts.entropy());
        this.packages = new Packages(packageParts, parts.dataKey().derive(SlotKeys.PURPOSE));
        this.releases = new KeyReleases(packageParts, packages);
        List<FactProjection> all = new ArrayList<>(others);
        all.add(new PackageProjection());
        this.runner =
                new ProjectionRunner(
                        parts.database(), parts.tenant(), all, parts.clock(), this::alarm);
        this.projections = new ProjectionThread(runner);
        this.broadcast =
                new Broadcast(HexFormat.of().formatHex(parts.entropy().bytes(RUN_ID_BYTES)));
        this.alarms = new AlarmStore(parts.database(), parts.tenant(), parts.clock());
        this.events = new IngestEvents(projections::wake, broadcast, alarms, parts.clock());
        events.sightings(fleet::seen, fleet::gone);
        this.ingest = new Ingest(ingestParts(instance));
        this.sticks = sticks();
        this.backups =
                new Backups(
                        new Backups.Parts(
                                parts.database(),
                                parts.dataKey().derive("derby"),
                                parts.data(),
                                parts.tenant(),
                                parts.realm().realm(),
                                parts.clock(),
                                parts.entropy()),
                        this::covered);
        this.backupDesk = new BackupDesk(parts.data().directory("backup"));
    }

    private void covered(List<LaneAudit.Head> heads) {
        if (!ingest.covered(heads)) {
            LOG.log(System.Logger.Level.WARNING, "receipts of grade R2 wait for the next backup");
        }
    }

    private void alarm(HubEffect.Alarm alarm) {
        events.alarm(alarm);
    }

    /** Sticks are mounted at, or copied to, the directory "stick" of the data directory. */
    private StickWatch sticks() {
        SqlHubStore store = store();
        return new StickWatch(
                parts.data().directory("stick"),
                new StickImport(() -> new HubSync(ingest.settings(store)), events, parts.clock()));
    }

    private SqlHubStore store() {
        return new SqlHubStore(parts.database(), parts.tenant(), parts.clock(), parts.entropy());
    }

    private Ingest.Parts ingestParts(String instance) {
        return new Ingest.Parts(
                parts.database(),
                parts.tenant(),
                parts.realm().realm(),
                instance,
                parts.realm().realm().value(),
                parts.realm().receipt(),
                parts.realm().trust().verifyKeys(io.invigil.protocol.trust.TrustRole.RECEIPT),
                parts.realm().seal(),
                directory,
                parts.blobs(),
                parts.data().directory("blob-staging"),
                events,
                parts.clock(),
                parts.entropy());
    }

    /** Whom the broker asks; answers from memory. */
    public FleetDirectory directory() {
        return directory;
    }

    /** Who ends the connections of a node that was shut out. */
    public void whenRevoked(Consumer<NodeId> listener) {
        directory.whenRevoked(listener);
    }

    public Fleet fleet() {
        return fleet;
    }

    public Packages packages() {
        return packages;
    }

    public KeyReleases releases() {
        return releases;
    }

    public RoomStaff roomStaff() {
        return roomStaff;
    }

    public ProjectionRunner projectionRunner() {
        return runner;
    }

    @Override
    public List<HttpService> routes() {
        NodeApi api =
                new NodeApi(
                        parts.pages(),
                        parts.database(),
                        parts.tenant(),
                        directory,
                        enrolments,
                        new TrustStatements(
                                parts.database(), parts.tenant(), parts.realm(), parts.clock()),
                        parts.blobs(),
                        downlinks,
                        new Throttle(ENROLMENTS_AT_ONCE, ENROLMENT_EVERY, parts.clock()));
        StaffDesk desk =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        List<HttpService> all = new ArrayList<>();
        all.add(api);
        all.add(new RecordsApi(parts.pages(), store(), directory::admitted));
        all.add(new NodePages(parts.pages(), desk, fleet, events, broadcast));
        all.add(new IngestPages(desk, alarms, runner));
        all.add(admissions(desk));
        all.add(new PackagePages(desk, packages, releases));
        all.add(new RoomStaffPages(desk, roomStaff));
        all.addAll(SessionRoomWiring.pages(parts, desk, fleet, packages, releases));
        return all;
    }

    private AdmissionPages admissions(StaffDesk desk) {
        ParkedBundles bundles =
                new ParkedBundles(
                        ingest::settings, events, parts.tenant(), parts.clock(), parts.entropy());
        return new AdmissionPages(
                desk, bundles, new Admissions(parts.tenant(), bundles, parts.clock()));
    }

    @Override
    public void start() {
        directory.refresh();
        events.start();
        projections.start();
        ingest.start(new PahoConnector(), broker);
        clockwork.scheduleWithFixedDelay(
                () -> guarded("nodes", directory::refresh),
                FleetDirectory.REFRESH.toSeconds(),
                FleetDirectory.REFRESH.toSeconds(),
                TimeUnit.SECONDS);
        clockwork.scheduleWithFixedDelay(
                () -> guarded("releases", () -> releases.sendDue(ingest::command)),
                RELEASE_SECONDS,
                RELEASE_SECONDS,
                TimeUnit.SECONDS);
        clockwork.scheduleWithFixedDelay(
                () ->
                        guarded(
                                "downlinks",
                                () -> downlinks.forEach(one -> one.sendDue(ingest::command))),
                RELEASE_SECONDS,
                RELEASE_SECONDS,
                TimeUnit.SECONDS);
        sticksClock.scheduleWithFixedDelay(
                () -> guarded("sticks", sticks::look),
                STICK_SECONDS,
                STICK_SECONDS,
                TimeUnit.SECONDS);
        backupClock.scheduleWithFixedDelay(
                () -> guarded("backup", this::backup),
                BACKUP_SECONDS,
                BACKUP_SECONDS,
                TimeUnit.SECONDS);
        parts.health().add("ingest", this::ingestHealth);
        parts.metrics().gauge("invigil_ingest_events_dropped", () -> events.dropped());
    }

    private void backup() {
        try {
            backupDesk.look(backups);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("an order for a backup", unreadable);
        }
    }

    private Health.Finding ingestHealth() {
        return ingest.connected()
                ? Health.Finding.ok("connected to the broker")
                : Health.Finding.failed("not connected to the broker");
    }

    private static void awaitEnd(ScheduledExecutorService clock) {
        try {
            if (!clock.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "a round is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failing round is tried again at the next one. */
    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, what + ": this round failed", failure);
        }
    }

    /** Whether ingest has the broker. */
    public boolean ready() {
        return ingest.connected();
    }

    @Override
    public void stop() {
        // an interrupt inside Derby could end it (fault row 76): only no new rounds
        clockwork.shutdown();
        sticksClock.shutdown();
        backupClock.shutdown();
        awaitEnd(clockwork);
        awaitEnd(sticksClock);
        awaitEnd(backupClock);
        ingest.close();
        projections.close();
        events.close();
        broadcast.close();
    }
}
