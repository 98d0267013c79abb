package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.Entrance;
import io.invigil.appliance.account.LoginEvent;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.hub.arrival.ArrivalPages;
import io.invigil.hub.arrival.ArrivalProjection;
import io.invigil.hub.arrival.Arrivals;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.casefile.CaseFiles;
import io.invigil.hub.casefile.CasePages;
import io.invigil.hub.facecapture.CaptureDesk;
import io.invigil.hub.facecapture.FaceCaptures;
import io.invigil.hub.facecapture.OwnFacePages;
import io.invigil.hub.facecapture.PhoneFacePages;
import io.invigil.hub.facecapture.StaffFacePages;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.notice.NoticePages;
import io.invigil.hub.notice.Notices;
import io.invigil.hub.notice.OwnNoticePages;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.portal.CandidateDesk;
import io.invigil.hub.portal.EntrancePages;
import io.invigil.hub.portal.OwnExams;
import io.invigil.hub.portal.OwnPages;
import io.invigil.hub.portal.PortalAccountPages;
import io.invigil.hub.portal.PortalAccounts;
import io.invigil.hub.print.OwnTickets;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.request.AccommodationPages;
import io.invigil.hub.request.Accommodations;
import io.invigil.hub.request.OwnRequestPages;
import io.invigil.hub.request.RequestPages;
import io.invigil.hub.request.Requests;
import io.invigil.hub.violation.Bans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The candidates' portal, wired. */
public final class PortalWiring implements FeatureWiring {
    /** Message bundles of these features. */
    static final List<String> MESSAGES =
            List.of("portal", "casefile", "request", "notice", "facecapture", "arrival");

    /** Requests for codes that wait for the one thread that sends them. */
    private static final int WAITING_MAX = 1_000;

    /**
     * Candidates come from places that nobody has seen before, all at once when scores appear: 400
     * at once, then 20 a second, which is about what two hashes at a time allow.
     */
    private static final int STRANGERS_AT_ONCE = 400;

    private static final Duration STRANGERS_EVERY = Duration.ofMillis(50);

    private final HubParts parts;
    private final PortalAccounts accounts;
    private final Logins logins;
    private final CandidateDesk desk;
    private final ThreadPoolExecutor background =
            new ThreadPoolExecutor(
                    1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING_MAX));
    private final OwnPages own;
    private final CaseFiles cases;
    private final Arrivals arrivals;

    private PortalWiring(HubParts parts, ScoringWiring scoring) {
        this.parts = parts;
        this.accounts = new PortalAccounts(parts.database(), parts.pages().sessions());
        this.logins =
                new Logins(
                        accounts,
                        parts.clock(),
                        parts.entropy(),
                        this::audit,
                        new Throttle(STRANGERS_AT_ONCE, STRANGERS_EVERY, parts.clock()));
        this.desk = new CandidateDesk(parts.pages(), parts.database(), parts.templates());
        this.arrivals =
                new Arrivals(
                        parts.database(),
                        parts.tenant(),
                        parts.realm().realm(),
                        parts.realm().receipt(),
                        parts.clock(),
                        parts.entropy());
        Fees fees = new Fees(parts.clock());
        this.cases =
                new CaseFiles(
                        parts.clock(),
                        new Bans(parts.clock()),
                        fees,
                        accounts,
                        new PackageRegister(parts.tenant()),
                        new CaseFiles.Evaluation(
                                scoring.marking(),
                                scoring.reviews(),
                                scoring.scores(),
                                scoring.certificates()));
        OwnTickets tickets = new OwnTickets(parts.database(), scoring.fonts());
        this.own =
                new OwnPages(
                        desk,
                        new OwnExams(
                                parts.clock(),
                                new Registrations(
                                        parts.clock(),
                                        io.invigil.hub.registration.BanCheck.none(),
                                        fees),
                                fees,
                                tickets,
                                scoring.query(),
                                scoring.certificates()),
                        tickets,
                        scoring.certificates());
    }

    static PortalWiring of(HubParts parts, ScoringWiring scoring) {
        return new PortalWiring(parts, scoring);
    }

    /** Entries of the main navigation. */
    static List<NavItem> navigation() {
        return List.of(
                NavItem.of("portal.own.title", CandidateDesk.HOME, PortalAccounts.ROLE),
                NavItem.of("arrival.title", ArrivalPages.PATH, PortalAccounts.ROLE),
                NavItem.of("portal.data.title", "/portal/data", PortalAccounts.ROLE),
                NavItem.of("facecapture.title", OwnFacePages.PATH, PortalAccounts.ROLE),
                NavItem.of("request.own.title", OwnRequestPages.PATH, PortalAccounts.ROLE),
                NavItem.of("notice.own.title", OwnNoticePages.PATH, PortalAccounts.ROLE),
                NavItem.of("notice.nav", "/notices", "school-clerk", "body-staff"),
                NavItem.of("request.nav", "/requests", "school-clerk", "body-staff"),
                NavItem.of("portal.accounts.nav", "/portal-accounts", "school-clerk"));
    }

    /** The candidates' door, by role, for the pages of the own account. */
    public Map<String, Entrance> entrances() {
        return Map.of(
                PortalAccounts.ROLE, new Entrance(logins, CandidateDesk.LOGIN, CandidateDesk.HOME));
    }

    private void audit(LoginEvent event) {
        AuditActor actor =
                new AuditActor(
                        event.tenant(), event.login(), PortalAccounts.ROLE, 0, event.address());
        Map<String, String> what = Map.of("event", event.kind().name());
        parts.database().useTransaction(tx -> new Audit().access(tx, actor, event.login(), what));
    }

    @Override
    public List<FactProjection> projections() {
        return List.of(new ArrivalProjection());
    }

    @Override
    public List<Downlink> downlinks() {
        return List.of(arrivals);
    }

    @Override
    public List<HttpService> routes() {
        StaffDesk staff =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        FaceCaptures faces = new FaceCaptures(parts.faces().reader(), parts.entropy());
        CaptureDesk capture = new CaptureDesk(parts.database(), faces, parts.clock());
        Notices notices = new Notices(parts.clock());
        Accommodations accommodations = new Accommodations(parts.clock());
        Requests requests = new Requests(parts.clock(), accommodations);
        return List.of(
                new EntrancePages(
                        desk,
                        parts.tenant(),
                        logins,
                        accounts,
                        parts.dataKey().derive("portal-recovery"),
                        background,
                        parts.clock(),
                        parts.entropy()),
                own,
                new OwnFacePages(desk, capture, parts.publicUrl()),
                new PhoneFacePages(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.tenant(),
                        capture),
                new StaffFacePages(staff, faces),
                new ArrivalPages(desk, arrivals),
                new CasePages(staff, cases),
                new OwnRequestPages(desk, requests, parts.data().directory("uploads")),
                new RequestPages(staff, requests),
                new NoticePages(staff, notices, parts.publicUrl() + CandidateDesk.LOGIN),
                new OwnNoticePages(desk, notices),
                new AccommodationPages(new PlanDesk(staff), accommodations),
                new PortalAccountPages(staff, accounts, parts.accounts(), parts.publicUrl()));
    }

    @Override
    public void stop() {
        background.shutdown();
    }
}
