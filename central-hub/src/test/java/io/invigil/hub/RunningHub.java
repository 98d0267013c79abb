package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.borrowing.BorrowingDecision;
import io.invigil.hub.borrowing.Borrowings;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.course.CourseWorld;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.SiteId;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole hub in this process with a small office: a body with a plan, a school with a seated
 * candidate, and people of other organisations who have no business with them.
 */
final class RunningHub implements AutoCloseable {
    static final String PASSWORD = "long-enough-for-a-test-7";

    final HubWiring hub;
    final HubWorld world;

    /**
     * An example for each path parameter: what the school and the body own. Where a name means
     * several things the path's first part stands before it: {@code fees/request}.
     */
    final Map<String, String> samples = new HashMap<>();

    /** Whose class the samples name. */
    CourseWorld courses;

    private final Path directory;
    final TestClock clock = new TestClock(HubWorld.NOW);

    /** An office in which nobody has sat yet. */
    static RunningHub beforeTheExam(Path directory) {
        return new RunningHub(directory, false);
    }

    /** An office with a record behind every route. */
    RunningHub(Path directory) {
        this(directory, true);
    }

    private RunningHub(Path directory, boolean sat) {
        this.directory = directory;
        HubSettings settings = TestHubSettings.of(directory, 1, "另一评价组织", List.of());
        hub = HubWiring.start(settings, Map.of(), clock);
        world = new HubWorld(hub.parts().database(), HubWiring.TENANT, clock);
        account(world.body);
        account(world.clerk);
        account(world.otherClerk);
        account(world.authority);
        account(world.province);
        account(world.bodyAdmin);
        account(world.admin);
        account(world.otherAdmin);
        account("authority-admin", "authority-admin", organisation(world.authority));
        account("province-admin", "province-admin", organisation(world.province));
        account(otherBody());
        account("other-body-admin", "body-admin", organisation(otherBody()));
        fill(sat);
    }

    private static long organisation(StaffScope scope) {
        return scope.organisation().id().value();
    }

    private StaffScope otherBody() {
        return hub.parts()
                .database()
                .inTransaction(
                        tx ->
                                new StaffScope(
                                        world.tenant,
                                        "other-body",
                                        new Organisations()
                                                        .ofKind(
                                                                tx,
                                                                world.tenant,
                                                                OrganisationKind.BODY)
                                                        .stream()
                                                        .filter(one -> one.code().equals("BODY"))
                                                        .findFirst()
                                                        .orElseThrow(),
                                        StaffRole.BODY_STAFF));
    }

    private void account(StaffScope scope) {
        account(scope.login(), scope.role().code(), scope.organisation().id().value());
    }

    /** An account that need not change its password. */
    long account(String login, String role, long organisation) {
        StaffAccounts accounts = hub.parts().accounts();
        long tenant = world.tenant.value();
        NewAccount wanted = new NewAccount(login, login, Set.of(role), Optional.of(organisation));
        StaffAccounts.Creation made =
                hub.parts()
                        .database()
                        .inTransaction(
                                tx -> accounts.create(tx, tenant, wanted, accounts.newPassword()));
        long id = ((StaffAccounts.Creation.Created) made).id();
        accounts.changePassword(
                tenant,
                id,
                PasswordHash.of(PASSWORD, new SeededEntropy(login.hashCode())),
                clock.instant());
        return id;
    }

    private void fill(boolean sat) {
        Plan plan = world.plan("K2026");
        LevelId level = world.level(plan, List.of());
        SubjectId subject = world.subject(plan, level, "S1");
        world.slot(plan, 9, 2, Set.of(subject));
        SiteId site = world.site();
        Room room = world.room(plan, site, level, "107室", 10);
        Candidate candidate = candidate();
        Sitting sitting = seated(plan, level, candidate);
        samples.put("plan", plan.id().toString());
        samples.put("level", level.toString());
        samples.put("subject", subject.toString());
        samples.put("slot", sitting.seating().orElseThrow().slot().toString());
        samples.put("site", site.toString());
        samples.put("room", room.id().toString());
        samples.put("candidate", candidate.id().toString());
        samples.put("candidate-number", candidate.number());
        samples.put("registration", sitting.registration().toString());
        samples.put("sitting", sitting.id().toString());
        samples.put("record", "1");
        long school = world.clerk.organisation().id().value();
        samples.put("organisation", Long.toString(school));
        samples.put("account", Long.toString(account("assistant", "school-clerk", school)));
        long message =
                hub.parts()
                        .database()
                        .inTransaction(
                                tx ->
                                        new Outbox()
                                                .put(
                                                        tx,
                                                        world.tenant.value(),
                                                        school,
                                                        MessageKind.NOTICE,
                                                        Channel.SMS,
                                                        "13800000001",
                                                        "考场通",
                                                        "初始密码"));
        samples.put("message", Long.toString(message));
        samples.put("code", "en");
        BorrowingDecision asked =
                hub.parts()
                        .database()
                        .inTransaction(
                                tx ->
                                        new Borrowings()
                                                .request(
                                                        tx,
                                                        world.clerk,
                                                        plan,
                                                        5,
                                                        "机房不足",
                                                        clock.instant()));
        samples.put("borrowing", ((BorrowingDecision.Saved) asked).borrowing().toString());
        course();
        if (sat) {
            new ExamSamples(hub, world, plan, samples).fill();
        }
        samples.putAll(new SchoolYear(hub.parts().database(), world).samples());
    }

    /** A class with a course, a teacher and a session tomorrow. */
    private void course() {
        CourseWorld course = new CourseWorld(hub.parts().database(), world, hub.parts().accounts());
        course.assign();
        Sessions sessions = new Sessions(clock, course.classes);
        Instant start = clock.instant().plus(Duration.ofMinutes(10));
        long session =
                course.saved(
                        tx ->
                                sessions.add(
                                        tx,
                                        course.teacher,
                                        course.place(tx),
                                        new Sessions.Draft(
                                                Optional.of(start),
                                                Optional.of(start.plus(Duration.ofHours(3))),
                                                4,
                                                false)));
        long teacher = course.tx(tx -> course.teachers.of(tx, course.teacher).orElseThrow().id());
        samples.put("class", Long.toString(course.classId));
        samples.put("course", Long.toString(course.courseId));
        samples.put("teacher", Long.toString(teacher));
        samples.put("student", course.students.getFirst().toString());
        samples.put("session", Long.toString(session));
        courses = course;
        password(course.teacher.login());
        account(course.unit);
        account(course.college);
        account(course.otherCollege);
        account("college-admin", "college-admin", organisation(course.college));
        account("unit-admin", "unit-admin", organisation(course.unit));
    }

    /** The teacher's account exists; its first password was changed. */
    private void password(String login) {
        StaffAccounts accounts = hub.parts().accounts();
        long tenant = world.tenant.value();
        long id =
                hub.parts()
                        .database()
                        .inTransaction(
                                tx ->
                                        courses.teachers
                                                .of(tx, courses.teacher)
                                                .orElseThrow()
                                                .account());
        accounts.changePassword(
                tenant,
                id,
                PasswordHash.of(PASSWORD, new SeededEntropy(login.hashCode())),
                clock.instant());
    }

    private Candidate candidate() {
        try {
            Path file = directory.resolve("people.xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets()
                        .template(
                                out, CandidateImport.Mode.ADD, MadeUpPeople.rows(1, 1), List.of());
            }
            new CandidateImport(hub.parts().database(), clock)
                    .run(world.clerk, ImportFile.of(file), CandidateImport.Mode.ADD);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        CandidateFilter own = CandidateFilter.ofSchool(world.clerk.organisation().id());
        return hub.parts()
                .database()
                .inTransaction(tx -> new Candidates().list(tx, world.clerk, own, 0, 1))
                .getFirst();
    }

    private Sitting seated(Plan plan, LevelId level, Candidate candidate) {
        Registrations registrations = new Registrations(clock, BanCheck.none());
        Arrangements arrangements =
                new Arrangements(clock, new SeededEntropy(7), SeatingUse.none());
        ArrangementDecision seated =
                hub.parts()
                        .database()
                        .inTransaction(
                                tx -> {
                                    registrations.register(
                                            tx, world.clerk, plan, level, List.of(candidate.id()));
                                    return arrangements.arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.OWN_SITES,
                                            11);
                                });
        assertThat(seated).isInstanceOf(ArrangementDecision.Done.class);
        return hub.parts()
                .database()
                .inTransaction(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()))
                .getFirst();
    }

    /** What the newest message of the school says. */
    String lastMessage() {
        return last().text();
    }

    /** The newest message of the school. */
    Message last() {
        return hub.parts()
                .database()
                .inTransaction(
                        tx ->
                                new Outbox()
                                        .list(
                                                tx,
                                                world.tenant.value(),
                                                world.clerk.organisation().id().value(),
                                                Optional.empty(),
                                                0,
                                                1))
                .getFirst();
    }

    /** The seated candidate, whose account the school has opened, with a password of their own. */
    HttpsBrowser portal() {
        HttpsBrowser clerk = person("clerk");
        clerk.get("/portal-accounts");
        clerk.post("/portal-accounts", "row", samples.get("candidate"), "action", "OPEN");
        Matcher sent = Pattern.compile("考生编号 (\\w+)，初始密码 (\\w+)，").matcher(lastMessage());
        assertThat(sent.find()).as(lastMessage()).isTrue();
        return portalOf(sent.group(1), sent.group(2));
    }

    /** A candidate who changes a first password. */
    HttpsBrowser portalOf(String number, String first) {
        HttpsBrowser browser = stranger();
        browser.get("/portal/login");
        browser.post("/portal/login", "login", number, "password", first);
        browser.get("/account/password");
        HttpResponse<String> changed =
                browser.post(
                        "/account/password",
                        "current",
                        first,
                        "fresh",
                        PASSWORD,
                        "again",
                        PASSWORD);
        assertThat(changed.headers().firstValue("Location")).contains("/portal/exams");
        assertThat(browser.get("/portal/exams").statusCode()).isEqualTo(200);
        return browser;
    }

    /** Somebody without a session. */
    HttpsBrowser stranger() {
        HttpsBrowser browser = HttpsBrowser.at(hub.httpsPort(), hub.realm().authority().root());
        browser.get("/login");
        return browser;
    }

    /** Somebody who has signed in. */
    HttpsBrowser person(String login) {
        HttpsBrowser browser = stranger();
        assertThat(
                        browser.post("/login", "login", login, "password", PASSWORD)
                                .headers()
                                .firstValue("Location"))
                .as(login + " signs in")
                .contains("/");
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        return browser;
    }

    @Override
    public void close() {
        hub.close();
    }
}
