package io.invigil.hub.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.SubjectId;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Domain sections 8 and 9; S0 sections 1 to 3: teachers with accounts, classes bound to plan and
 * batch, 分配任课老师, 信息核查.
 */
class ClassesTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        private CourseWorld w;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            w = CourseWorld.fresh(database());
        }

        private static void assertRefused(CourseDecision decision, Enum<?> code) {
            assertThat(((CourseDecision.Refused) decision).issues())
                    .extracting(issue -> issue.code())
                    .containsExactly(code.name());
        }

        private List<TeachingClass> classes(StaffScope scope) {
            return w.tx(tx -> w.classes.visible(tx, scope));
        }

        private Optional<TeachingClass> one(StaffScope scope) {
            return w.tx(tx -> w.classes.findVisible(tx, scope, w.classId));
        }

        private List<Classes.Course> courses(StaffScope scope) {
            return w.tx(tx -> w.classes.courses(tx, scope, w.one(tx)));
        }

        private Optional<Classes.Place> course(StaffScope scope) {
            return w.tx(tx -> w.classes.findCourse(tx, scope, w.courseId));
        }

        @Test
        void aTeacherGetsAnAccountWhoseLoginIsTheMobileAndARandomPasswordByMessage() {
            Teacher one = w.tx(tx -> w.teachers.of(tx, w.teacher)).orElseThrow();
            assertThat(one.login()).isEqualTo("13800000901");
            List<Message> letters =
                    w.tx(
                            tx ->
                                    new Outbox()
                                            .list(
                                                    tx,
                                                    w.world.tenant.value(),
                                                    one.school().value(),
                                                    Optional.empty(),
                                                    0,
                                                    10));
            assertThat(letters).extracting(Message::recipient).contains("13800000901");
            // not the predictable Zk + six digits of S0
            assertThat(letters)
                    .extracting(Message::text)
                    .doesNotHaveDuplicates()
                    .noneMatch(text -> text.contains("Zk"));
            List<Teachers.Listed> listed = w.tx(tx -> w.teachers.visible(tx, w.world.clerk));
            assertThat(listed).hasSize(2).noneMatch(Teachers.Listed::active);
            List<Teachers.Listed> foreign = w.tx(tx -> w.teachers.visible(tx, w.world.otherClerk));
            assertThat(foreign).isEmpty();
            Optional<Teacher> hidden =
                    w.tx(tx -> w.teachers.findVisible(tx, w.world.otherClerk, one.id()));
            assertThat(hidden).isEmpty();
        }

        @Test
        void aTeacherNeedsNameIdNumberCollegeAndARealMobile() {
            Teacher.Details empty =
                    new Teacher.Details("", "1", "", "", "", "", "123", "", "", "", "");
            CourseDecision decision =
                    w.tx(
                            tx ->
                                    w.teachers.add(
                                            tx,
                                            w.world.clerk,
                                            empty,
                                            w.teachers.newPassword(),
                                            CourseWorld.LETTER));
            assertThat(((CourseDecision.Refused) decision).issues())
                    .extracting(issue -> issue.field())
                    .containsExactly("name", "idNumber", "college", "mobile");
            CourseDecision taken =
                    w.tx(
                            tx ->
                                    w.teachers.add(
                                            tx,
                                            w.world.clerk,
                                            CourseWorld.details("另一人", 903, "13800000901"),
                                            w.teachers.newPassword(),
                                            CourseWorld.LETTER));
            assertRefused(taken, CourseRefusal.TEACHER_TAKEN);
        }

        @Test
        void everybodySeesOnlyTheOwnClasses() {
            assertThat(classes(w.world.clerk)).hasSize(1);
            assertThat(classes(w.unit)).hasSize(1);
            assertThat(classes(w.world.authority)).hasSize(1);
            assertThat(classes(w.world.otherClerk)).isEmpty();
            assertThat(classes(w.otherUnit)).isEmpty();
            assertThat(classes(w.world.body)).isEmpty();
            assertThat(classes(w.teacher)).isEmpty();
            w.assign();
            assertThat(classes(w.teacher)).hasSize(1);
            assertThat(course(w.teacher)).isPresent();
            assertThat(course(w.otherTeacher)).isEmpty();
            assertThat(one(w.otherTeacher)).isEmpty();
        }

        @Test
        void aTeacherSeesOnlyTheAssignedCoursesOfAClass() {
            w.assign();
            w.saved(
                    tx ->
                            w.classes.addCourse(
                                    tx,
                                    w.world.clerk,
                                    w.one(tx),
                                    w.classes.offered(tx, w.one(tx)).getFirst().id()));
            assertThat(courses(w.world.clerk)).hasSize(2);
            assertThat(courses(w.teacher)).hasSize(1);
        }

        @Test
        void oneUnknownNumberAndNobodyIsAdded() {
            List<CandidateId> more = w.world.candidates(w.world.clerk, 10, 1);
            List<CandidateId> foreign = w.world.candidates(w.world.otherClerk, 20, 1);
            List<String> numbers =
                    w.tx(
                            tx ->
                                    List.of(
                                            number(tx, more.getFirst()),
                                            number(tx, foreign.getFirst())));
            CourseDecision refused =
                    w.tx(tx -> w.classes.addStudents(tx, w.world.clerk, w.one(tx), numbers));
            assertRefused(refused, CourseRefusal.CLASS_STUDENTS_UNKNOWN);
            assertThat(((CourseDecision.Refused) refused).issues().getFirst().detail())
                    .isEqualTo(numbers.get(1));
            List<Candidate> students = w.tx(tx -> w.classes.students(tx, w.one(tx)));
            assertThat(students).hasSize(3);
        }

        private String number(io.invigil.appliance.db.Tx tx, CandidateId id) {
            return new Candidates().find(tx, w.world.tenant, id).orElseThrow().number();
        }

        @Test
        void theUnitConfirmsOrReportsAnErrorAndAChangeOpensTheCheckAgain() {
            assertRefused(
                    w.tx(tx -> w.classes.check(tx, w.unit, w.one(tx), false, " ")),
                    CourseRefusal.CLASS_STATEMENT_MISSING);
            w.saved(tx -> w.classes.check(tx, w.unit, w.one(tx), false, "缺一名学员"));
            assertThat(w.tx(w::one).check().state()).isEqualTo(TeachingClass.State.ERROR);
            assertThat(w.tx(w::one).check().statement()).isEqualTo("缺一名学员");
            w.saved(
                    tx ->
                            w.classes.removeStudent(
                                    tx, w.world.clerk, w.one(tx), w.students.getFirst()));
            assertThat(w.tx(w::one).check().state()).isEqualTo(TeachingClass.State.OPEN);
            w.saved(tx -> w.classes.check(tx, w.unit, w.one(tx), true, ""));
            assertThat(w.tx(w::one).check().state()).isEqualTo(TeachingClass.State.CONFIRMED);
            assertRefused(
                    w.tx(tx -> w.classes.check(tx, w.otherUnit, w.one(tx), true, "")),
                    CourseRefusal.COURSE_NOT_ALLOWED);
            assertRefused(
                    w.tx(tx -> w.classes.check(tx, w.world.clerk, w.one(tx), true, "")),
                    CourseRefusal.COURSE_NOT_ALLOWED);
        }

        @Test
        void collegeAndUnitAssignTeachersOfTheSchoolAndNobodyElseDoes() {
            long id = w.tx(tx -> w.teachers.of(tx, w.teacher).orElseThrow().id());
            assertRefused(
                    w.tx(tx -> w.classes.assign(tx, w.unit, w.place(tx), 999_999)),
                    CourseRefusal.TEACHER_UNKNOWN);
            assertRefused(
                    w.tx(tx -> w.classes.assign(tx, w.otherUnit, w.place(tx), id)),
                    CourseRefusal.COURSE_NOT_ALLOWED);
            assertRefused(
                    w.tx(tx -> w.classes.assign(tx, w.teacher, w.place(tx), id)),
                    CourseRefusal.COURSE_NOT_ALLOWED);
            w.saved(tx -> w.classes.assign(tx, w.unit, w.place(tx), id));
            w.saved(tx -> w.classes.assign(tx, w.unit, w.place(tx), id));
            assertThat(w.tx(w::place).course().teachers()).hasSize(1);
            w.saved(tx -> w.classes.release(tx, w.world.clerk, w.place(tx), id));
            assertThat(w.tx(w::place).course().teachers()).isEmpty();
        }

        @Test
        void aCourseIsASubjectOfTheClassesPlanAndStandsOnce() {
            SubjectId taken = w.tx(w::place).course().subject().id();
            assertRefused(
                    w.tx(tx -> w.classes.addCourse(tx, w.world.clerk, w.one(tx), taken)),
                    CourseRefusal.CLASS_SUBJECT_UNKNOWN);
        }
    }
}
