package io.invigil.hub.course;

import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.office.TestLetter;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.testkit.SeededEntropy;
import java.util.List;
import java.util.function.Function;

/** A school with a class of three, a unit that looks after it, and two teachers; for tests. */
public final class CourseWorld {
    public final HubWorld world;
    public final StaffOffice office;
    public final Teachers teachers;
    public final Classes classes;
    public final StaffScope unit;
    public final StaffScope otherUnit;

    /** Of the college whose class it is, and of another of the same school. */
    public final StaffScope college;

    public final StaffScope otherCollege;
    public final StaffScope teacher;
    public final StaffScope otherTeacher;
    public final List<CandidateId> students;
    public final long classId;
    public final long courseId;
    private final Database database;

    public CourseWorld(Database database, HubWorld world, StaffAccounts accounts) {
        this.database = database;
        this.world = world;
        this.office = new StaffOffice(accounts);
        this.teachers = new Teachers(office);
        this.classes = new Classes(world.clock, teachers);
        this.unit = unit("U1", "第一助学点");
        this.otherUnit = unit("U2", "第二助学点");
        this.college = college("C1", "第一职业学院机电学院");
        this.otherCollege = college("C2", "第一职业学院信息学院");
        this.teacher = teacher("何老师", 901, "13800000901");
        this.otherTeacher = teacher("吕老师", 902, "13800000902");
        this.students = world.candidates(world.clerk, 100, 3);
        Plan plan = world.plan("C" + world.tenant);
        LevelId level = world.level(plan, List.of());
        world.subject(plan, level, "S1");
        world.subject(plan, level, "S2");
        this.classId =
                saved(
                        tx ->
                                classes.add(
                                        tx,
                                        world.clerk,
                                        new Classes.Draft(
                                                "机电一班",
                                                "2026年10月",
                                                plan.id().value(),
                                                unit.organisation().id().value(),
                                                college.organisation().id().value())));
        List<String> numbers = numbers();
        saved(tx -> classes.addStudents(tx, world.clerk, one(tx), numbers));
        this.courseId = course();
    }

    /** A world of its own in a fresh tenant. */
    public static CourseWorld fresh(Database database) {
        HubWorld world = new HubWorld(database);
        return new CourseWorld(
                database,
                world,
                new StaffAccounts(
                        database, new MemorySessions(), world.clock, new SeededEntropy(4)));
    }

    private StaffScope unit(String code, String name) {
        Organisation made =
                tx(
                        tx ->
                                new Organisations()
                                        .add(
                                                tx,
                                                world.tenant,
                                                OrganisationKind.UNIT,
                                                code,
                                                name,
                                                ""));
        return new StaffScope(world.tenant, "unit-" + code, made, StaffRole.UNIT_STAFF);
    }

    private StaffScope college(String code, String name) {
        Organisation made =
                tx(
                        tx ->
                                new Organisations()
                                        .addCollege(
                                                tx, world.clerk.organisation(), code, name, ""));
        return new StaffScope(world.tenant, "college-" + code, made, StaffRole.COLLEGE_STAFF);
    }

    private StaffScope teacher(String name, int person, String mobile) {
        saved(
                tx ->
                        teachers.add(
                                tx,
                                world.clerk,
                                details(name, person, mobile),
                                password(),
                                LETTER));
        return new StaffScope(world.tenant, mobile, world.clerk.organisation(), StaffRole.TEACHER);
    }

    private StaffAccounts.InitialPassword password() {
        return teachers.newPassword();
    }

    public static Teacher.Details details(String name, int person, String mobile) {
        return new Teacher.Details(
                name,
                MadeUpPeople.idNumber(person),
                "硕士",
                "机电学院",
                "讲师",
                "",
                mobile,
                "",
                "",
                "",
                "");
    }

    static final StaffOffice.Letter LETTER = new TestLetter();

    private List<String> numbers() {
        return students.stream()
                .map(
                        id ->
                                tx(
                                        tx ->
                                                new Candidates()
                                                        .find(tx, world.tenant, id)
                                                        .orElseThrow()
                                                        .number()))
                .toList();
    }

    private long course() {
        tx(
                tx ->
                        classes.addCourse(
                                tx,
                                world.clerk,
                                one(tx),
                                classes.offered(tx, one(tx)).getFirst().id()));
        return tx(tx -> classes.courseNumbers(tx, one(tx)).getFirst());
    }

    /** Assigns the first teacher to the course. */
    public void assign() {
        long id = tx(tx -> teachers.of(tx, teacher).orElseThrow().id());
        saved(tx -> classes.assign(tx, world.clerk, place(tx), id));
    }

    public TeachingClass one(Tx tx) {
        return classes.findVisible(tx, world.clerk, classId).orElseThrow();
    }

    public Classes.Place place(Tx tx) {
        return classes.findCourse(tx, world.clerk, courseId).orElseThrow();
    }

    public <T> T tx(Function<Tx, T> work) {
        return database.inTransaction(work);
    }

    public long saved(Function<Tx, CourseDecision> work) {
        CourseDecision decision = tx(work);
        if (decision instanceof CourseDecision.Saved saved) {
            return saved.id();
        }
        throw new AssertionError(decision);
    }
}
