package io.invigil.hub.sessionroom;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.hub.RoomScript;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.CourseWorld;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.fleet.FleetDirectory;
import io.invigil.hub.fleet.RealmFounding;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.TestBox;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.KeyReleases;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.pack.Packages;
import io.invigil.hub.pack.RoomStaff;
import io.invigil.hub.pack.RulesText;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.ComputedScore;
import io.invigil.hub.score.Scores;
import io.invigil.hub.session.Attendances;
import io.invigil.hub.session.Presence;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A class of three, a site of its school with one room server, a paper that no exam uses. */
abstract class SessionRoomContract extends StoreContract {
    static final NodeId NODE = new NodeId("class-room");
    private final SecureRandom random = new SecureRandom();
    @TempDir Path directory;
    CourseWorld w;
    Sessions sessions;
    Attendances attendances;
    SessionRooms rooms;
    SessionGrades grades;
    Packages packages;
    KeyReleases releases;
    Papers papers;
    Marking marking;
    Reviews reviews;
    PaperId paper;
    SiteId site;
    Instant start;
    private AttemptProjection projection;

    SessionRoomContract(Dialect dialect) {
        super(dialect, new MigrationSource("hub", Numbers.class));
    }

    @BeforeEach
    void makeWorld() {
        w = CourseWorld.fresh(database());
        w.assign();
        var clock = w.world.clock;
        Plans plans = new Plans();
        sessions = new Sessions(clock, w.classes);
        attendances = new Attendances(clock, w.classes);
        papers = new Papers(clock, plans);
        marking = new Marking(clock, papers, plans);
        reviews = new Reviews(clock, marking);
        grades = new SessionGrades(new Scores(clock, marking, reviews, plans));
        projection = new AttemptProjection(List.of(marking, new RoomAttendance()));
        start = clock.instant().plus(Duration.ofHours(1));
        site = w.world.site();
        fleet();
        paper = importPaper(subject());
    }

    private void fleet() {
        var clock = w.world.clock;
        KeyFile keys =
                new KeyFile(directory, DataKey.of(new byte[DataKey.BYTES]), random::nextBytes);
        RealmKeys realm =
                new RealmFounding(keys, clock, random)
                        .found(new Realm("test"), directory.resolve("root.json"));
        FleetDirectory nodes =
                new FleetDirectory(
                        database(),
                        w.world.tenant,
                        realm.realm(),
                        new PackageRegister(w.world.tenant)::examsOf);
        Sites sites = new Sites();
        Fleet fleet =
                new Fleet(
                        database(), w.world.tenant, realm, sites, nodes, clock, random::nextBytes);
        new TestBox(database(), w.world.tenant, realm, fleet, nodes, clock)
                .enrol(w.world.body, NODE, site);
        RoomStaff staff = new RoomStaff(w.world.tenant, sites, random::nextBytes);
        w.tx(
                tx ->
                        staff.add(
                                tx,
                                w.world.clerk,
                                site,
                                "proctor" + w.world.tenant,
                                "监考一",
                                RoomStaff.Role.PROCTOR));
        Packages.Parts parts =
                new Packages.Parts(
                        database(),
                        w.world.tenant,
                        realm,
                        fleet,
                        new Plans(),
                        papers,
                        staff,
                        RulesText.standard(),
                        blobs(),
                        clock,
                        random::nextBytes);
        packages = new Packages(parts, new byte[32]);
        releases = new KeyReleases(parts, packages);
        rooms =
                new SessionRooms(
                        new SessionRooms.Parts(
                                database(),
                                clock,
                                random::nextBytes,
                                fleet,
                                packages,
                                papers,
                                sessions,
                                w.classes));
    }

    private DirectoryBlobs blobs() {
        try {
            return new DirectoryBlobs(directory.resolve("blobs"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    SubjectId subject() {
        return w.tx(tx -> w.place(tx).course().subject().id());
    }

    PaperId importPaper(SubjectId subject) {
        try {
            Path zip = Files.createTempFile(directory, "sample", ".zip");
            Files.write(zip, SampleQti.zip(SampleQti.SamplePaper.THEORY, SampleQti.Version.V3_0));
            PaperDecision decision =
                    papers.importPackage(database(), w.world.body, subject, "s.zip", zip);
            return ((PaperDecision.Accepted) decision).version().id();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Sessions.Placed session(boolean test) {
        long id =
                w.saved(
                        tx ->
                                sessions.add(
                                        tx,
                                        w.teacher,
                                        w.place(tx),
                                        new Sessions.Draft(
                                                Optional.of(start),
                                                Optional.of(start.plus(Duration.ofHours(3))),
                                                3,
                                                test)));
        return w.tx(tx -> sessions.find(tx, w.world.tenant, id).orElseThrow());
    }

    SessionRooms.Draft draft() {
        return new SessionRooms.Draft(NODE.value(), "301", 5, paper.value(), 150, "AFTER_REVIEW");
    }

    HoldDecision hold(StaffScope scope, Sessions.Placed placed) {
        return rooms.hold(scope, placed, draft());
    }

    HeldSession held(Sessions.Placed placed) {
        return w.tx(tx -> rooms.find(tx, w.world.tenant, placed.session().id())).orElseThrow();
    }

    Plan plan(HeldSession held) {
        return w.tx(tx -> new Plans().find(tx, held.tenant(), held.plan())).orElseThrow();
    }

    long sitting(HeldSession held, int student) {
        CandidateId id = w.students.get(student);
        return w.tx(tx -> rooms.sittings(tx, held)).get(id).id().value();
    }

    RoomScript room() {
        return new RoomScript(w.world.tenant, NODE.value());
    }

    void apply(RoomScript script) {
        script.applyTo(database(), projection);
    }

    /** Every keyed item right, as a node sends it. */
    void answer(RoomScript room, long sitting) {
        Map<String, AnswerKey.ItemKey> keys =
                w.tx(tx -> papers.content(tx, w.world.tenant, paper)).orElseThrow().key().items();
        keys.forEach(
                (item, key) -> {
                    List<String> correct = key.responses().get("RESPONSE").correct();
                    room.answer(sitting, item, correct.toArray(String[]::new));
                });
    }

    Presence presence(Sessions.Placed placed, int student) {
        CandidateId id = w.students.get(student);
        return w.tx(tx -> attendances.roll(tx, placed)).entrySet().stream()
                .filter(one -> one.getKey().id().equals(id))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    ComputedScore grade(Sessions.Placed placed, int student) {
        return w.tx(tx -> grades.of(tx, w.world.tenant, placed.session().id()))
                .get(w.students.get(student));
    }
}
