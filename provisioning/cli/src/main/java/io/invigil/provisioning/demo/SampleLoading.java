package io.invigil.provisioning.demo;

import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.config.Secret;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.PhotoImport;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.pack.RoomStaff;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.RegistrationDecision;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteDecision;
import io.invigil.hub.site.SiteDraft;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads the sample exam into a hub of this process: the same rules and the same import code that
 * staff use, one refusal stops it. Used once, by one thread.
 */
final class SampleLoading {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final String PLAN_NUMBER = "K202611200001";

    private static final int FEW_PEOPLE = 32;
    private static final long SEED = 20261120;

    private final Parts parts;
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();
    private final Sites sites = new Sites();
    private final Rooms rooms = new Rooms();
    private final List<SampleExam.Account> accounts = new ArrayList<>();

    /**
     * @param body the certification body that the hub was founded with
     * @param bodyLogin an account of the body
     */
    record Parts(
            Database database,
            TenantId tenant,
            Organisation body,
            String bodyLogin,
            StaffAccounts accounts,
            Fleet fleet,
            RoomStaff roomStaff,
            Clock clock,
            Entropy entropy) {}

    /** A step of the sample was refused; the message is what staff would read. */
    static final class SampleRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SampleRefused(String step, Object reason) {
            super(step + ": " + reason);
        }
    }

    SampleLoading(Parts parts) {
        this.parts = parts;
    }

    /**
     * Loads everything up to published seats.
     *
     * @param start when the sitting starts; the slot takes two hours
     * @param scratch directory for the files that staff would upload
     */
    SampleExam load(int people, Instant start, Path scratch) throws IOException {
        StaffScope body = scope(parts.body(), parts.bodyLogin(), StaffRole.BODY_STAFF);
        Organisation school = school();
        StaffScope clerk =
                member(school, "clerk", "院校教务", StaffRole.SCHOOL_CLERK, StaffRole.SCHOOL_ADMIN);
        member(parts.body(), "body2", "机构复核", StaffRole.BODY_STAFF);
        SamplePlan sample = new SamplePlan(parts);
        Plan plan = sample.plan(body, school, start);
        Slot slot = sample.content(body, plan, start);
        candidates(clerk, people, scratch);
        Map<String, Map<String, List<String>>> rightAnswers =
                sample.papers(body, plan, slot, scratch);
        Site site = site(clerk, body, school);
        List<SampleExam.Node> nodes = roomsAndNodes(clerk, body, plan, site, seatsOfARoom(people));
        register(clerk, plan);
        arrange(body, plan);
        return new SampleExam(
                PLAN_NUMBER,
                slot.id().value(),
                slot.time().from(),
                slot.time().to(),
                accounts,
                nodes,
                seats(plan),
                rightAnswers);
    }

    private StaffScope scope(Organisation organisation, String login, StaffRole role) {
        return new StaffScope(parts.tenant(), login, organisation, role);
    }

    private Organisation school() {
        return inTransaction(
                tx ->
                        organisations.add(
                                tx,
                                parts.tenant(),
                                OrganisationKind.SCHOOL,
                                "4137010001",
                                "示范职业技术学院",
                                "山东省济南市"));
    }

    private StaffScope member(
            Organisation organisation,
            String login,
            String name,
            StaffRole role,
            StaffRole... more) {
        Set<String> roles =
                Stream.concat(Stream.of(role), Stream.of(more))
                        .map(StaffRole::code)
                        .collect(Collectors.toSet());
        String password = login + "-practice-" + 2026;
        String hash = PasswordHash.of(password, parts.entropy());
        parts.database()
                .useTransaction(
                        tx -> {
                            var made =
                                    parts.accounts()
                                            .create(
                                                    tx,
                                                    parts.tenant().value(),
                                                    new NewAccount(
                                                            login,
                                                            name,
                                                            roles,
                                                            Optional.of(organisation.id().value())),
                                                    new StaffAccounts.InitialPassword(
                                                            Secret.of(password), hash));
                            if (made instanceof StaffAccounts.Creation.Refused refused) {
                                throw new SampleRefused("account " + login, refused.reason());
                            }
                        });
        long account = parts.accounts().byLogin(parts.tenant().value(), login).orElseThrow().id();
        // known words on a practice hub: nobody has to change them at the first login
        parts.accounts()
                .changePassword(parts.tenant().value(), account, hash, parts.clock().instant());
        accounts.add(new SampleExam.Account("hub", name, login, password));
        return scope(organisation, login, role);
    }

    private void candidates(StaffScope clerk, int people, Path scratch) throws IOException {
        SampleFiles files = new SampleFiles(scratch, SEED);
        Path sheet = files.candidates(people);
        taken(
                people,
                new CandidateImport(parts.database(), parts.clock())
                        .run(clerk, ImportFile.of(sheet), CandidateImport.Mode.ADD));
        int left = people;
        for (Path zip : files.photos(people)) {
            int share = Math.min(left, SampleFiles.PHOTOS_MAX);
            taken(
                    share,
                    // drawn portraits: nobody's face is to be found in them
                    new PhotoImport(parts.database(), parts.clock(), Optional.empty())
                            .run(clerk, ImportFile.of(zip)));
            left -= share;
        }
    }

    private static void taken(int wanted, ImportRecord done) {
        if (done.isRefused() || done.taken() != wanted) {
            throw new SampleRefused(
                    "import of " + done.fileName(),
                    done.refusal() + " " + done.refusalDetail() + ", " + done.failed() + " failed");
        }
    }

    private Site site(StaffScope clerk, StaffScope body, Organisation school) {
        SiteDraft draft =
                new SiteDraft(
                        school.id(),
                        school.name() + "智能新能源汽车考核站点",
                        school.region(),
                        "经十路 1 号实训楼",
                        "考务办公室",
                        "0531-00000000");
        return inTransaction(
                tx -> {
                    Site site = ofDecision(tx, sites.add(tx, clerk, draft));
                    site = ofDecision(tx, sites.submit(tx, clerk, site, parts.clock().instant()));
                    return ofDecision(tx, sites.approve(tx, body, site, parts.clock().instant()));
                });
    }

    private Site ofDecision(Tx tx, SiteDecision decision) {
        return switch (decision) {
            case SiteDecision.Saved saved ->
                    sites.find(tx, parts.tenant(), saved.site()).orElseThrow();
            case SiteDecision.Refused refused -> throw new SampleRefused("site", refused.issues());
        };
    }

    /** Everybody has a seat with few to spare: a room for all would leave the other one empty. */
    private static int seatsOfARoom(int people) {
        return (people + 1) / 2 + (people > FEW_PEOPLE ? 2 : 1);
    }

    private List<SampleExam.Node> roomsAndNodes(
            StaffScope clerk, StaffScope body, Plan plan, Site site, int seats) {
        CertificateLevel level =
                inTransaction(tx -> content.levels(tx, parts.tenant(), plan.id()).getFirst());
        List<SampleExam.Node> nodes = new ArrayList<>();
        for (String[] named : new String[][] {{"room-107", "107室"}, {"room-108", "108室"}}) {
            List<String> names = roomNames(named[1], seats);
            for (int at = 0; at < names.size(); at++) {
                int share = seats / names.size() + (at < seats % names.size() ? 1 : 0);
                addRoom(clerk, plan, site, level, names.get(at), share);
            }
            var claim = parts.fleet().claim(body, named[0], site.id(), names);
            if (!(claim instanceof Fleet.ClaimDecision.Made made)) {
                throw new SampleRefused("claim code", claim);
            }
            nodes.add(new SampleExam.Node(named[0], names, made.code().text()));
        }
        roomStaff(body, site);
        return nodes;
    }

    /** A room has at most so many seats: more people get neighbouring rooms of the same node. */
    private static List<String> roomNames(String first, int seats) {
        List<String> names = new ArrayList<>();
        for (int from = 0; from < seats; from += Room.SEATS_MAX) {
            names.add(names.isEmpty() ? first : first + "-" + (names.size() + 1));
        }
        return names;
    }

    private void addRoom(
            StaffScope clerk,
            Plan plan,
            Site site,
            CertificateLevel level,
            String name,
            int seats) {
        RoomDraft draft =
                new RoomDraft(
                        site.id(),
                        name,
                        Set.of(ExamMode.COMPUTER),
                        seats,
                        8,
                        "实训楼一层 " + name,
                        Set.of(level.id()));
        var decision =
                inTransaction(tx -> rooms.add(tx, clerk, plan, draft, parts.clock().instant()));
        if (decision instanceof RoomDecision.Refused refused) {
            throw new SampleRefused("room", refused.issues());
        }
    }

    private void roomStaff(StaffScope body, Site site) {
        for (RoomStaff.Role role : RoomStaff.Role.values()) {
            String login = role == RoomStaff.Role.PROCTOR ? "proctor" : "technician";
            String password = login + "-practice-2026";
            var outcome =
                    inTransaction(
                            tx ->
                                    parts.roomStaff()
                                            .add(
                                                    tx,
                                                    body,
                                                    site.id(),
                                                    login,
                                                    role == RoomStaff.Role.PROCTOR ? "监考老师" : "技术员",
                                                    role,
                                                    password));
            if (!(outcome instanceof RoomStaff.Outcome.Made)) {
                throw new SampleRefused("account " + login, outcome);
            }
            accounts.add(new SampleExam.Account("rooms", login, login, password));
        }
    }

    private void register(StaffScope clerk, Plan plan) {
        Registrations registrations = new Registrations(parts.clock(), BanCheck.none());
        inTransaction(
                tx -> {
                    List<CandidateId> all =
                            new Candidates()
                                            .list(
                                                    tx,
                                                    clerk,
                                                    CandidateFilter.ofSchool(
                                                            clerk.organisation().id()),
                                                    0,
                                                    Candidates.PAGE_ROWS_MAX)
                                            .stream()
                                            .map(Candidate::id)
                                            .toList();
                    var level = content.levels(tx, parts.tenant(), plan.id()).getFirst();
                    var decision = registrations.register(tx, clerk, plan, level.id(), all);
                    if (decision instanceof RegistrationDecision.Carried carried
                            && carried.refused().isEmpty()
                            && new HashSet<>(carried.done()).equals(new HashSet<>(all))) {
                        return all;
                    }
                    throw new SampleRefused("registration", decision);
                });
    }

    private void arrange(StaffScope body, Plan plan) {
        Arrangements arrangements =
                new Arrangements(parts.clock(), parts.entropy(), SeatingUse.none());
        var decision =
                inTransaction(
                        tx ->
                                arrangements.arrange(
                                        tx, body, plan, Arrangements.SiteChoice.OWN_SITES, SEED));
        if (!(decision instanceof ArrangementDecision.Done)) {
            throw new SampleRefused("arrangement", decision);
        }
    }

    private List<SampleExam.Seat> seats(Plan plan) {
        return inTransaction(
                tx ->
                        new ArrangedSittings()
                                .ofPlan(tx, parts.tenant(), plan.id()).stream()
                                        .map(SampleLoading::seat)
                                        .toList());
    }

    private static SampleExam.Seat seat(ArrangedSitting arranged) {
        Seating seating = arranged.sitting().seating().orElseThrow();
        return new SampleExam.Seat(
                arranged.sitting().id().value(),
                arranged.room().name(),
                seating.seat(),
                arranged.candidate().name(),
                seating.admissionNumber(),
                arranged.candidate().idNumber(),
                seating.pin());
    }

    private <T> T inTransaction(java.util.function.Function<Tx, T> work) {
        return parts.database().inTransaction(work::apply);
    }
}
