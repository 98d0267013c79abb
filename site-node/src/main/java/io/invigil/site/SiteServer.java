package io.invigil.site;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.TlsMaterial;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.site.apart.ApartPages;
import io.invigil.site.attendance.HistoryApi;
import io.invigil.site.attendance.OpeningApi;
import io.invigil.site.attendance.PhoneApi;
import io.invigil.site.attendance.PhonePages;
import io.invigil.site.attendance.RoomApi;
import io.invigil.site.attendance.StaffApi;
import io.invigil.site.delivery.CandidateApi;
import io.invigil.site.delivery.CandidatePages;
import io.invigil.site.delivery.PlayApi;
import io.invigil.site.delivery.SignalApi;
import io.invigil.site.device.CameraPages;
import io.invigil.site.device.Cameras;
import io.invigil.site.lockdown.LabPages;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.notes.NotesApi;
import io.invigil.site.print.RoomPrints;
import io.invigil.site.proctoring.DeskApi;
import io.invigil.site.proctoring.HandoverApi;
import io.invigil.site.proctoring.ProctorPages;
import io.invigil.site.proctoring.SeatBeats;
import io.invigil.site.proctoring.SnapshotApi;
import io.invigil.site.proctoring.SnapshotSpace;
import io.invigil.site.proctoring.StandInApi;
import io.invigil.site.receipt.ReceiptPages;
import io.invigil.site.technician.NodeHealth;
import io.invigil.site.technician.PlainApi;
import io.invigil.site.technician.TechnicianApi;
import io.invigil.site.technician.TechnicianPages;
import io.invigil.site.upload.UploadApi;
import io.invigil.site.web.SessionApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The listeners of an enrolled node with the routes of its features. */
public final class SiteServer implements AutoCloseable {
    private static final long EXPIRE_MINUTES = 5;
    private static final long LET_GO_SECONDS = 2;

    /** A room asks from few addresses: twenty questions at once, then one every two seconds. */
    private static final int RECEIPTS_AT_ONCE = 20;

    private static final Duration RECEIPT_INTERVAL = Duration.ofSeconds(2);

    private final WebServers servers;

    private SiteServer(WebServers servers) {
        this.servers = servers;
    }

    /** Binds and starts; the wiring stays its owner's to close. */
    public static SiteServer start(SiteWiring site, SiteSync sync) {
        AtomicInteger httpsPort = new AtomicInteger(site.settings.httpsPort());
        Lockdown lockdown =
                new Lockdown(
                        site.active,
                        templates(),
                        () ->
                                "https://"
                                        + site.settings.serverNames().getFirst()
                                        + ":"
                                        + httpsPort.get(),
                        site.trust.root().caDer());
        Cameras cameras = cameras(site);
        TechnicianParts technician = new TechnicianParts(site, sync, cameras);
        WebServers.Builder builder =
                site.servers()
                        .https(
                                new Listener(site.settings.host(), site.settings.httpsPort()),
                                tls(site))
                        .routes(
                                new SessionApi(site.pages),
                                candidates(site, lockdown),
                                new SignalApi(site.pages, site.engine, lockdown),
                                new NotesApi(
                                        site.pages,
                                        site.engine,
                                        site.candidatePapers,
                                        site.notes,
                                        site.storage::answersOnly,
                                        lockdown),
                                new PlayApi(
                                        site.pages, site.engine, site.candidatePapers, lockdown),
                                new UploadApi(
                                        site.pages,
                                        site.engine,
                                        site.candidatePapers,
                                        site.storage.blobs,
                                        lockdown),
                                new LabPages(
                                        site.pages,
                                        templates(),
                                        site.active,
                                        lockdown,
                                        technician::kitTaken),
                                new StaffApi(site.pages, site.staff, site.logins, site.setupCode),
                                room(site),
                                new DeskApi(
                                        site.pages,
                                        site.active,
                                        site.engine,
                                        site.presence,
                                        site.entropy),
                                new SeatBeats(
                                        site.pages,
                                        site.engine,
                                        site.presence,
                                        new SnapshotSpace(site.storage.space::level),
                                        site.entropy),
                                new SnapshotApi(
                                        site.pages,
                                        site.engine,
                                        site.storage.blobs,
                                        new SnapshotSpace(site.storage.space::level)),
                                new HandoverApi(site.pages, site.active, site.engine),
                                new StandInApi(
                                        site.pages,
                                        site.engine,
                                        site.staff,
                                        site.logins,
                                        site.entropy),
                                new OpeningApi(site.pages, site.opening, site.logins),
                                new HistoryApi(site.pages, site.history),
                                technician(site, sync))
                        .routes(technician.routes(templates()))
                        .routes(pages(site, lockdown))
                        .routes(site.identityParts.pages(templates()))
                        .routes(
                                new RoomPrints(
                                        site.pages,
                                        site.active,
                                        site.engine,
                                        site.ledger,
                                        site.identity.node().value(),
                                        site.keys.signing(),
                                        site.clock))
                        .routes(new CameraPages(site.pages, templates(), cameras));
        if (site.settings.httpPort() >= 0) {
            builder.plain(
                    new Listener(site.settings.host(), site.settings.httpPort()),
                    new PhoneApi(site.pages, site.phoneCheckIn),
                    new PhonePages(site.pages, templates(), site.phoneCheckIn),
                    new PlainApi(site.pages, site.trust.root().caDer(), httpsPort::get));
        }
        if (site.settings.adminPort() >= 0) {
            builder.admin(
                    Listener.loopback(site.settings.adminPort()),
                    NodeHealth.checks(sync.statusReader()::read, sync.status()),
                    NodeHealth.metrics(sync.statusReader()::read, sync.status()));
        }
        WebServers servers = builder.start();
        httpsPort.set(servers.httpsPort());
        technician.listening(servers.httpsPort());
        site.trust.whenRenewed(() -> servers.reloadTls(tls(site)));
        site.timer()
                .scheduleAtFixedRate(
                        site.pages::deleteExpiredSessions,
                        EXPIRE_MINUTES,
                        EXPIRE_MINUTES,
                        TimeUnit.MINUTES);
        return new SiteServer(servers);
    }

    /** The room's certificate as it is in force. */
    static TlsMaterial tls(SiteWiring site) {
        return new TlsMaterial(
                TlsMaterial.certificates(site.trust.identity().enrolment().serverChain()),
                site.keys.server().getPrivate(),
                List.of());
    }

    /** Held only while somebody looks; the process's own search path says where ffmpeg is. */
    private static Cameras cameras(SiteWiring site) {
        Cameras cameras =
                new Cameras(
                        site.settings.cameras(),
                        site.data.root().resolve("native"),
                        Path.of("/dev"),
                        System.getenv().getOrDefault("PATH", ""),
                        () -> site.engine.time().now().upMillis());
        site.stopFirst(cameras);
        site.timer()
                .scheduleAtFixedRate(
                        cameras::letGo, LET_GO_SECONDS, LET_GO_SECONDS, TimeUnit.SECONDS);
        return cameras;
    }

    static CandidateApi candidates(SiteWiring site, Lockdown lockdown) {
        return new CandidateApi(
                site.pages,
                site.active,
                site.engine,
                site.candidateLogins,
                site.candidateViews,
                site.candidatePapers,
                site.candidateLive,
                site.presence,
                site.heldKeys,
                lockdown,
                site.entropy);
    }

    static CandidatePages candidatePages(SiteWiring site, Lockdown lockdown) {
        return new CandidatePages(
                site.pages,
                templates(),
                site.active,
                site.engine,
                site.candidateLogins,
                site.candidateViews,
                site.candidatePapers,
                site.heldKeys,
                lockdown,
                site.entropy,
                site.trust.identity().enrolment().hubUrl().replaceAll("/+$", ""));
    }

    static RoomApi room(SiteWiring site) {
        return new RoomApi(
                site.pages,
                site.active,
                site.engine,
                site.seatMaps,
                site.checkInCodes,
                site.roomLive,
                site.candidatePapers,
                site.pins,
                site.entropy);
    }

    private static TechnicianApi technician(SiteWiring site, SiteSync sync) {
        return new TechnicianApi(
                site.pages,
                sync.statusReader()::read,
                sync.status(),
                sync.sticks(),
                site.settings.stickRoots(),
                sync::askHubNow,
                site::packagesChanged);
    }

    static Templates templates() {
        return new Templates(SiteServer.class.getClassLoader(), "io.invigil.site.templates");
    }

    private static HttpService[] pages(SiteWiring site, Lockdown lockdown) {
        Templates templates = templates();
        String name = site.settings.serverNames().getFirst();
        return new HttpService[] {
            candidatePages(site, lockdown),
            new ApartPages(
                    site.pages,
                    templates,
                    site.active,
                    site.engine,
                    site.heldKeys,
                    site.storage.blobs),
            new ProctorPages(
                    site.pages,
                    templates,
                    site.active,
                    site.engine,
                    site.checkInCodes,
                    path -> "http://" + name + ":" + site.settings.httpPort() + path),
            new ReceiptPages(
                    site.pages,
                    templates,
                    site.engine,
                    new Throttle(RECEIPTS_AT_ONCE, RECEIPT_INTERVAL, site.clock)),
            new TechnicianPages(site.pages, templates)
        };
    }

    public int httpsPort() {
        return servers.httpsPort();
    }

    /** -1 when there is no plain listener. */
    public int httpPort() {
        return servers.plainPort();
    }

    @Override
    public void close() {
        servers.close();
    }
}
