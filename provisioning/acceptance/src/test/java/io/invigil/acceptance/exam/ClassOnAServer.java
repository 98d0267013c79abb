package io.invigil.acceptance.exam;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.config.Secret;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.HubSettings;
import io.invigil.hub.HubWiring;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.CourseDecision;
import io.invigil.hub.course.Teacher;
import io.invigil.hub.course.Teachers;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.PackDecision;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.session.Sessions;
import io.invigil.protocol.fact.NodeId;
import io.invigil.provisioning.demo.DemoHub;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.provisioning.demo.SamplePerson;
import io.invigil.testkit.HttpsBrowser;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * A hub in this process, a room server beside it, a class of the sample's candidates with a course,
 * its teacher and a paper of its own; and a certificate's exam at the same server. Used by one
 * thread.
 */
final class ClassOnAServer implements AutoCloseable {
    private static final int PEOPLE = 33;
    static final int STUDENTS = 3;
    static final String MOBILE = "13900000901";
    static final String PASSWORD = "three-words-nobody-guesses";

    final HubWiring hub;
    final SampleExam sample;
    final NodeProcess node;
    final StaffScope clerk;
    private final Path directory;
    private final SecureRandom random = new SecureRandom();
    private final StaffScope body;
    private StaffScope teacher;
    private Teachers teachers;
    private Classes classes;
    private long course;
    long paper;

    /**
     * @param directory for all files
     */
    ClassOnAServer(Path directory) throws Exception {
        this.directory = directory;
        hub = HubWiring.start(settings(), Map.of(), Clock.systemUTC());
        sample = DemoHub.load(hub, PEOPLE, Instant.now().plus(Duration.ofHours(3)), directory);
        hub.awaitReady();
        body = scope(OrganisationKind.BODY, "body", StaffRole.BODY_STAFF);
        clerk = scope(OrganisationKind.SCHOOL, "clerk", StaffRole.SCHOOL_CLERK);
        Files.createDirectories(directory.resolve("logs"));
        node =
                new NodeProcess(
                        sample.nodes().getFirst(),
                        freePort(),
                        freePort(),
                        "https://localhost:" + hub.httpsPort(),
                        directory,
                        List.of("-Xmx192m", "-XX:+UseSerialGC"));
        node.start();
        aClassWithATeacher();
        node.awaitUp();
        // a certificate's exam at the same server, which is none of the teacher's business
        NodeId id = new NodeId(node.node().name());
        assertThat(hub.fleet().packages().publish(body, new SlotId(sample.slot()), id))
                .isInstanceOf(PackDecision.Published.class);
    }

    @Override
    public void close() {
        node.close();
        hub.close();
    }

    private HubSettings settings() throws IOException {
        return new HubSettings(
                directory.resolve("hub"),
                "main",
                "Asia/Shanghai",
                new HubSettings.Web(
                        "127.0.0.1", freePort(), List.of("localhost"), 0, Optional.empty()),
                new HubSettings.Mqtt(
                        "127.0.0.1",
                        freePort(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Optional.empty()),
                new HubSettings.Storage(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(
                        new HubSettings.Founding(
                                "test",
                                Optional.of(directory.resolve("root.json")),
                                "评价组织",
                                "BODY",
                                List.of(
                                        new HubSettings.FirstStaff(
                                                "body",
                                                "机构管理员",
                                                Optional.of(Secret.of(PASSWORD)))))));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    <T> T tx(Function<Tx, T> work) {
        return hub.parts().database().inTransaction(work);
    }

    private long saved(Function<Tx, CourseDecision> work) {
        CourseDecision decision = tx(work);
        assertThat(decision).isInstanceOf(CourseDecision.Saved.class);
        return ((CourseDecision.Saved) decision).id();
    }

    private StaffScope scope(OrganisationKind kind, String login, StaffRole role) {
        Organisation of =
                tx(tx -> new Organisations().ofKind(tx, HubWiring.TENANT, kind).getFirst());
        return new StaffScope(HubWiring.TENANT, login, of, role);
    }

    /** Three of the sample's candidates, one course of the sample's certificate. */
    private void aClassWithATeacher() throws IOException {
        Clock clock = hub.parts().clock();
        teachers = new Teachers(new StaffOffice(hub.parts().accounts()));
        classes = new Classes(clock, teachers);
        Organisation unit =
                tx(
                        tx ->
                                new Organisations()
                                        .add(
                                                tx,
                                                HubWiring.TENANT,
                                                OrganisationKind.UNIT,
                                                "U1",
                                                "第一助学点",
                                                ""));
        Plan plan =
                tx(
                        tx ->
                                new Plans()
                                        .findByNumber(tx, HubWiring.TENANT, sample.planNumber())
                                        .orElseThrow());
        long number = teacher();
        long one =
                saved(
                        tx ->
                                classes.add(
                                        tx,
                                        clerk,
                                        new Classes.Draft(
                                                "机电一班",
                                                "2026年11月",
                                                plan.id().value(),
                                                unit.id().value())));
        List<String> students =
                tx(
                        tx ->
                                new Candidates()
                                                .list(
                                                        tx,
                                                        clerk,
                                                        CandidateFilter.ofSchool(
                                                                clerk.organisation().id()),
                                                        0,
                                                        STUDENTS)
                                                .stream()
                                                .map(student -> student.number())
                                                .toList());
        saved(
                tx ->
                        classes.addStudents(
                                tx,
                                clerk,
                                classes.findVisible(tx, clerk, one).orElseThrow(),
                                students));
        course = course(one);
        saved(tx -> classes.assign(tx, clerk, place(tx), number));
        Path zip = directory.resolve("paper.zip");
        Files.write(zip, SampleQti.zip(SampleQti.SamplePaper.THEORY, SampleQti.Version.V3_0));
        PaperDecision made =
                new Papers(clock, new Plans())
                        .importPackage(
                                hub.parts().database(),
                                body,
                                tx(tx -> place(tx).course().subject().id()),
                                "paper.zip",
                                zip);
        paper = ((PaperDecision.Accepted) made).version().id().value();
    }

    private long course(long one) {
        return tx(
                tx -> {
                    var found = classes.findVisible(tx, clerk, one).orElseThrow();
                    classes.addCourse(tx, clerk, found, classes.offered(tx, found).getFirst().id());
                    return classes.courseNumbers(tx, found).getFirst();
                });
    }

    private Classes.Place place(Tx tx) {
        return classes.findCourse(tx, clerk, course).orElseThrow();
    }

    /** With an account whose first password was changed. */
    private long teacher() {
        String idNumber = SamplePerson.many(PEOPLE + 9, new Random(5)).getLast().idNumber();
        Teacher.Details details =
                new Teacher.Details(
                        "何老师", idNumber, "硕士", "机电学院", "讲师", "", MOBILE, "", "", "", "");
        var letter =
                new StaffOffice.Letter() {
                    @Override
                    public String subject() {
                        return "账号";
                    }

                    @Override
                    public String text(String login, String password) {
                        return login;
                    }
                };
        var first = teachers.newPassword();
        long id = saved(tx -> teachers.add(tx, clerk, details, first, letter));
        teacher = new StaffScope(HubWiring.TENANT, MOBILE, clerk.organisation(), StaffRole.TEACHER);
        long account = tx(tx -> teachers.of(tx, teacher).orElseThrow().account());
        hub.parts()
                .accounts()
                .changePassword(
                        HubWiring.TENANT.value(),
                        account,
                        PasswordHash.of(PASSWORD, random::nextBytes),
                        Instant.now());
        return id;
    }

    /** A session of the course by its teacher. */
    long session(Instant from, Instant to, boolean test) {
        Sessions sessions = new Sessions(hub.parts().clock(), classes);
        return saved(
                tx ->
                        sessions.add(
                                tx,
                                teacher,
                                place(tx),
                                new Sessions.Draft(Optional.of(from), Optional.of(to), 2, test)));
    }

    /** Somebody who has signed in at the centre. */
    HttpsBrowser page(String login, String password) {
        HttpsBrowser browser = HttpsBrowser.at(hub.httpsPort(), hub.realm().authority().root());
        browser.get("/login");
        assertThat(
                        browser.post("/login", "login", login, "password", password)
                                .headers()
                                .firstValue("Location"))
                .contains("/");
        browser.get("/account");
        return browser;
    }
}
