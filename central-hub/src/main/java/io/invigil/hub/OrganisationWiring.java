package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.web.HttpPages;
import io.invigil.hub.arrangement.ArrangementPages;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.PreparationTasks;
import io.invigil.hub.arrangement.SeatChangePages;
import io.invigil.hub.arrangement.SeatChanges;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.arrangement.SittingRowPages;
import io.invigil.hub.arrangement.SubjectRowPages;
import io.invigil.hub.borrowing.BorrowingPages;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateEditPages;
import io.invigil.hub.candidate.CandidateEntry;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateImportPages;
import io.invigil.hub.candidate.CandidatePages;
import io.invigil.hub.candidate.ImportRecordPages;
import io.invigil.hub.candidate.PhotoImport;
import io.invigil.hub.candidate.PhotoRulePages;
import io.invigil.hub.declaration.DeclarationTasks;
import io.invigil.hub.declaration.DeclarationYears;
import io.invigil.hub.fee.FeeEntryPages;
import io.invigil.hub.fee.FeeImport;
import io.invigil.hub.fee.FeePages;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.office.StaffImport;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.plan.PlanContentPages;
import io.invigil.hub.plan.PlanCopyPages;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanPages;
import io.invigil.hub.plan.PlanTasks;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.registration.RegistrationColumns;
import io.invigil.hub.registration.RegistrationEntryPages;
import io.invigil.hub.registration.RegistrationImport;
import io.invigil.hub.registration.RegistrationImportPages;
import io.invigil.hub.registration.RegistrationPages;
import io.invigil.hub.registration.RegistrationRemoval;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.registration.SubjectImport;
import io.invigil.hub.registration.SubjectRegistrations;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.site.RoomImport;
import io.invigil.hub.site.RoomImportPages;
import io.invigil.hub.site.RoomPages;
import io.invigil.hub.site.RoomTransferPages;
import io.invigil.hub.site.SiteFilePages;
import io.invigil.hub.site.SitePages;
import io.invigil.hub.staffing.ProctorImport;
import io.invigil.hub.violation.BanPages;
import io.invigil.hub.violation.Bans;
import io.invigil.protocol.crypto.Entropy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together everything from plans to arrangement. The rules can be used without pages ({@link
 * #candidateImport} and the others), as provisioning does.
 */
public final class OrganisationWiring {
    /** Message bundles of these features. */
    public static final List<String> MESSAGES =
            List.of(
                    "issue",
                    "listing",
                    "plan",
                    "candidate",
                    "intake",
                    "site",
                    "borrowing",
                    "registration",
                    "fee",
                    "violation",
                    "arrangement",
                    "staffing",
                    "print");

    private static final String PACKAGE = "io.invigil.hub.templates";

    private final Database database;
    private final Optional<FaceReader> faces;
    private final Clock clock;
    private final Entropy entropy;
    private final SeatingUse use;
    private final Bans bans;
    private final Fees fees;
    private final Registrations registrations;
    private final RegistrationRemoval removal;
    private final SubjectRegistrations subjects;
    private final Arrangements arrangements;

    /**
     * @param use asked before seats are taken back
     * @param faces looks at photos when models are installed
     */
    public OrganisationWiring(
            Database database,
            Clock clock,
            Entropy entropy,
            SeatingUse use,
            Optional<FaceReader> faces) {
        this.database = database;
        this.faces = faces;
        this.clock = clock;
        this.entropy = entropy;
        this.use = use;
        this.bans = new Bans(clock);
        this.fees = new Fees(clock);
        this.registrations = new Registrations(clock, bans, fees);
        this.removal = new RegistrationRemoval(clock, fees);
        this.subjects = new SubjectRegistrations(clock, bans);
        this.arrangements = new Arrangements(clock, entropy, use, fees);
    }

    public CandidateImport candidateImport() {
        return new CandidateImport(database, clock);
    }

    public PhotoImport photoImport() {
        return new PhotoImport(database, clock, faces);
    }

    public Registrations registrations() {
        return registrations;
    }

    public RegistrationImport registrationImport() {
        return new RegistrationImport(database, clock, registrations);
    }

    public Arrangements arrangements() {
        return arrangements;
    }

    /** Entries of the main navigation. */
    public static List<NavItem> navigation() {
        String[] all = {
            StaffRole.BODY_STAFF.code(),
            StaffRole.SCHOOL_CLERK.code(),
            StaffRole.AUTHORITY_READER.code()
        };
        return List.of(
                NavItem.of("plan.nav", "/plans", all),
                NavItem.of("candidate.nav", "/candidates", all),
                NavItem.of("site.nav", "/sites", all),
                NavItem.of("fee.nav", "/fees", all),
                NavItem.of("ban.nav", "/bans", StaffRole.AUTHORITY_READER.code()),
                NavItem.of("intake.nav", "/imports", all));
    }

    /**
     * The pages, to be registered as routes.
     *
     * @param zone in which new plans are entered
     * @param uploads directory for files while they are read
     * @param jobs takes the uploaded files; the kinds of these features are registered with it
     * @param more lines of later features for a plan's task list, in their order
     */
    public List<HttpService> pages(
            HttpPages pages, ZoneId zone, Path uploads, ImportJobs jobs, List<PlanTasks> more) {
        register(jobs);
        Templates templates = new Templates(OrganisationWiring.class.getClassLoader(), PACKAGE);
        StaffDesk desk = new StaffDesk(pages, database, templates, uploads);
        ImportUploads imports = new ImportUploads(desk, jobs);
        PlanDesk plans = new PlanDesk(desk);
        List<PlanTasks> tasks =
                new ArrayList<>(
                        List.of(
                                new DeclarationTasks(new DeclarationYears(clock, zone)),
                                new PreparationTasks(registrations, fees)));
        tasks.addAll(more);
        return List.of(
                new PlanPages(plans, zone, tasks),
                new PlanContentPages(plans),
                new PlanCopyPages(plans),
                // before the list, whose addresses of single candidates would take /candidates/new
                new CandidateEditPages(desk, new CandidateEntry(clock, OrganisationWiring::uses)),
                new CandidatePages(desk),
                new CandidateImportPages(desk, imports, faces.isPresent()),
                new PhotoRulePages(desk),
                new ImportRecordPages(desk, jobs, OrganisationWiring::columns),
                new SitePages(desk),
                new SiteFilePages(desk),
                // before the rooms, whose single addresses would take /rooms/export
                new RoomTransferPages(plans),
                new RoomImportPages(plans, imports),
                new RoomPages(plans),
                new BorrowingPages(plans),
                new RegistrationPages(plans, registrations, removal),
                new RegistrationEntryPages(plans, registrations, subjects),
                new RegistrationImportPages(plans, imports, clock),
                // before the list, whose addresses of single requests would take /fees/new
                new FeeEntryPages(plans, fees, imports),
                new FeePages(desk, fees, zone),
                new BanPages(desk, bans, zone),
                new SubjectRowPages(plans),
                new SittingRowPages(plans),
                new ArrangementPages(plans, arrangements, entropy),
                new SeatChangePages(plans, new SeatChanges(clock, use, fees), entropy));
    }

    private static boolean uses(Tx tx, Candidate candidate) {
        return !new Sittings().ofCandidate(tx, candidate.tenant(), candidate.id()).isEmpty();
    }

    private void register(ImportJobs jobs) {
        SubjectImport bySubject = new SubjectImport(database, clock, subjects, removal);
        FeeImport fee = new FeeImport(database, clock, fees);
        jobs.register(ImportKind.CANDIDATES_ADDED, candidateImport())
                .register(ImportKind.CANDIDATES_CHANGED, candidateImport())
                .register(ImportKind.PHOTOS, photoImport())
                .register(ImportKind.ROOMS, new RoomImport(database, clock))
                .register(ImportKind.REGISTRATIONS, registrationImport())
                .register(ImportKind.REGISTRATIONS_BY_SUBJECT, bySubject)
                .register(ImportKind.REGISTRATIONS_REMOVED, bySubject)
                .register(ImportKind.SUBJECTS_REMOVED, bySubject)
                .register(ImportKind.FEES_BY_CERTIFICATE, fee)
                .register(ImportKind.FEES_BY_SUBJECT, fee);
    }

    private static List<SheetColumn> columns(ImportKind kind) {
        return switch (kind) {
            case CANDIDATES_ADDED -> CandidateImport.columns(CandidateImport.Mode.ADD);
            case CANDIDATES_CHANGED -> CandidateImport.columns(CandidateImport.Mode.CHANGE);
            case PROCTORS -> ProctorImport.columns();
            case ROOMS -> RoomImport.columns();
            case STAFF -> StaffImport.columns();
            case PHOTOS -> List.of(new SheetColumn(PhotoImport.COLUMN, false, 40));
            case REGISTRATIONS, REGISTRATIONS_REMOVED -> RegistrationColumns.all();
            case REGISTRATIONS_BY_SUBJECT, SUBJECTS_REMOVED -> RegistrationColumns.bySubject();
            case FEES_BY_CERTIFICATE -> FeeImport.columns(RegistrationMode.BY_CERTIFICATE);
            case FEES_BY_SUBJECT -> FeeImport.columns(RegistrationMode.BY_SUBJECT);
        };
    }
}
