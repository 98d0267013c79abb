package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.certificate.CertificateKeys;
import io.invigil.hub.certificate.CertificatePages;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.certificate.PortalPages;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.lockdown.PageRulesPages;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperPages;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanTasks;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.print.PdfFonts;
import io.invigil.hub.print.PrintPages;
import io.invigil.hub.print.SpareFonts;
import io.invigil.hub.print.TicketPages;
import io.invigil.hub.receipt.ReceiptPages;
import io.invigil.hub.review.GalleryPages;
import io.invigil.hub.review.ReviewPages;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.AnswerFiles;
import io.invigil.hub.score.EarlyResults;
import io.invigil.hub.score.Results;
import io.invigil.hub.score.ScorePages;
import io.invigil.hub.score.ScoreQuery;
import io.invigil.hub.score.ScoreTraces;
import io.invigil.hub.score.Scores;
import io.invigil.hub.score.ScoringTasks;
import io.invigil.hub.score.SittingPages;
import io.invigil.hub.sessionroom.RoomAttendance;
import io.invigil.hub.staffing.Assignments;
import io.invigil.hub.staffing.Proctors;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Papers, attempts, marking, review, scores and certificates, wired. The rules can be used without
 * pages, as provisioning and acceptance tests do.
 */
public final class ScoringWiring implements FeatureWiring {
    /** Message bundles of these features. */
    public static final List<String> MESSAGES =
            List.of("paper", "review", "score", "certificate", "receipt");

    /** Public queries of one address: ten at once, then one every six seconds. */
    private static final int QUERIES_AT_ONCE = 10;

    private static final Duration QUERY_INTERVAL = Duration.ofSeconds(6);

    private final Database database;
    private final TenantId tenant;
    private final HttpPages pages;
    private final Templates templates;
    private final Path uploads;
    private final BlobStore blobs;
    private final Clock clock;
    private final Plans plans = new Plans();
    private final PdfFonts fonts = new PdfFonts(SpareFonts.ofSystem());
    private final Papers papers;
    private final Marking marking;
    private final Reviews reviews;
    private final Scores scores;
    private final Results results = new Results();
    private final Certificates certificates;

    /**
     * @param tenant whose scores and certificates the public pages show
     * @param uploads directory for files while they are read
     * @param blobs pictures that rooms sent
     * @param keys of the certificates' issuer
     * @param publicUrl base of the hub's pages, without a slash at the end
     */
    public ScoringWiring(
            Database database,
            TenantId tenant,
            HttpPages pages,
            Templates templates,
            Path uploads,
            BlobStore blobs,
            CertificateKeys keys,
            String publicUrl,
            Clock clock) {
        this.database = database;
        this.tenant = tenant;
        this.pages = pages;
        this.templates = templates;
        this.uploads = uploads;
        this.blobs = blobs;
        this.clock = clock;
        this.papers = new Papers(clock, plans);
        this.marking = new Marking(clock, papers, plans);
        this.reviews = new Reviews(clock, marking);
        this.scores = new Scores(clock, marking, reviews, plans);
        this.certificates = new Certificates(clock, keys, publicUrl + "/verify", fonts, plans);
    }

    /** The features with what the hub is made of. */
    static ScoringWiring of(HubParts parts) {
        return new ScoringWiring(
                parts.database(),
                parts.tenant(),
                parts.pages(),
                parts.templates(),
                parts.data().directory("uploads"),
                parts.blobs(),
                new CertificateKeys(parts.realm().certificate(), List.of()),
                parts.publicUrl(),
                parts.clock());
    }

    public Papers papers() {
        return papers;
    }

    public Attempts attempts() {
        return new Attempts();
    }

    public Marking marking() {
        return marking;
    }

    public Reviews reviews() {
        return reviews;
    }

    public Scores scores() {
        return scores;
    }

    public Results results() {
        return results;
    }

    public Certificates certificates() {
        return certificates;
    }

    /** A candidate's own scores. */
    public ScoreQuery query() {
        return new ScoreQuery(clock, plans, new EarlyResults(scores, marking));
    }

    public PdfFonts fonts() {
        return fonts;
    }

    /** Lines of these features in a plan's task list. */
    public PlanTasks tasks() {
        return new ScoringTasks(clock, papers, scores);
    }

    @Override
    public List<FactProjection> projections() {
        return List.of(new AttemptProjection(List.of(marking, new RoomAttendance())));
    }

    @Override
    public List<HttpService> routes() {
        PlanDesk desk = new PlanDesk(new StaffDesk(pages, database, templates, uploads));
        ScoreTraces traces = new ScoreTraces(marking, reviews, scores);
        AnswerFiles files = new AnswerFiles(desk, blobs);
        return List.of(
                new PaperPages(desk, database, papers),
                new ReviewPages(desk, reviews),
                new GalleryPages(desk, reviews, blobs),
                new ScorePages(desk, clock, scores),
                new SittingPages(desk, marking, scores, traces, files),
                files,
                new PageRulesPages(desk, clock),
                new CertificatePages(desk, database, clock, certificates),
                new PrintPages(desk, fonts, new Assignments(clock, new Proctors(clock))),
                new TicketPages(desk, fonts),
                new ReceiptPages(
                        pages,
                        templates,
                        database,
                        tenant,
                        new Throttle(QUERIES_AT_ONCE, QUERY_INTERVAL, clock)),
                new PortalPages(
                        pages,
                        templates,
                        database,
                        tenant,
                        query(),
                        certificates,
                        new Throttle(QUERIES_AT_ONCE, QUERY_INTERVAL, clock)));
    }
}
