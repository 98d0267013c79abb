package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.layout.NavItem;
import io.invigil.hub.declaration.DeclarationListPages;
import io.invigil.hub.declaration.DeclarationPages;
import io.invigil.hub.declaration.DeclarationYears;
import io.invigil.hub.declaration.Declarations;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.report.ReportListPages;
import io.invigil.hub.report.ReportPages;
import io.invigil.hub.report.Reports;
import io.invigil.hub.staffing.AssignmentPages;
import io.invigil.hub.staffing.Assignments;
import io.invigil.hub.staffing.ProctorAccounts;
import io.invigil.hub.staffing.ProctorImport;
import io.invigil.hub.staffing.ProctorPages;
import io.invigil.hub.staffing.ProctorPersonPages;
import io.invigil.hub.staffing.Proctors;
import io.invigil.hub.staffing.RoomRowPages;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/**
 * Puts together what accompanies a school through the year: approval of certificates, reports to
 * the province, proctors and their rooms.
 */
final class YearWiring implements FeatureWiring {
    /** Message bundles of these features. */
    static final List<String> MESSAGES = List.of("report", "declaration");

    private final StaffDesk desk;
    private final Reports reports;
    private final DeclarationYears years;
    private final Declarations declarations;
    private final Proctors proctors;
    private final Assignments assignments;
    private final ImportUploads uploads;
    private final ProctorAccounts proctorAccounts;

    /**
     * @param zone in which periods begin
     * @param jobs takes the files of proctors
     */
    YearWiring(
            StaffDesk desk,
            Database database,
            StaffAccounts accounts,
            Clock clock,
            ZoneId zone,
            ImportJobs jobs) {
        this.desk = desk;
        this.reports = new Reports(clock, zone);
        this.years = new DeclarationYears(clock, zone);
        this.declarations = new Declarations(clock, years);
        this.proctors = new Proctors(clock);
        this.proctorAccounts = new ProctorAccounts(accounts, proctors);
        this.assignments = new Assignments(clock, proctors);
        jobs.register(ImportKind.PROCTORS, new ProctorImport(database, clock, proctors));
        this.uploads = new ImportUploads(desk, jobs);
    }

    static YearWiring of(HubParts parts, ImportJobs jobs) {
        StaffDesk desk =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        return new YearWiring(
                desk, parts.database(), parts.accounts(), parts.clock(), parts.zone(), jobs);
    }

    /** Entries of the main navigation. */
    static List<NavItem> navigation() {
        return List.of(
                NavItem.of(
                        "staffing.nav",
                        "/proctors",
                        StaffRole.BODY_STAFF.code(),
                        StaffRole.SCHOOL_CLERK.code(),
                        StaffRole.AUTHORITY_READER.code()),
                NavItem.of(
                        "declaration.nav",
                        "/declarations",
                        StaffRole.BODY_STAFF.code(),
                        StaffRole.SCHOOL_CLERK.code(),
                        StaffRole.AUTHORITY_READER.code(),
                        StaffRole.PROVINCE_STAFF.code()),
                NavItem.of(
                        "report.nav",
                        "/reports",
                        StaffRole.SCHOOL_CLERK.code(),
                        StaffRole.PROVINCE_STAFF.code()));
    }

    @Override
    public List<HttpService> routes() {
        return List.of(
                new DeclarationListPages(desk, declarations, years),
                new DeclarationPages(desk, declarations, years),
                new ReportListPages(desk, reports),
                new ReportPages(desk, reports),
                new ProctorPages(desk, proctors, uploads, proctorAccounts),
                new ProctorPersonPages(desk, proctors, proctorAccounts),
                new RoomRowPages(new PlanDesk(desk), assignments),
                new AssignmentPages(new PlanDesk(desk), assignments));
    }
}
