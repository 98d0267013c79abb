package io.invigil.hub.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationDraft;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Colleges of host schools (domain, section 1: college staff correct class data and bindings and
 * review sittings; section 9: a missing teacher is college staff's task). Who unbinds phones is in
 * {@code PhoneDeskTest}, the order of review in {@code SessionRoomsTest}.
 */
class CollegesTest {
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
        private final Organisations organisations = new Organisations();
        private CourseWorld w;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            w = CourseWorld.fresh(database());
        }

        private Optional<TeachingClass> one(StaffScope scope) {
            return w.tx(tx -> w.classes.findVisible(tx, scope, w.classId));
        }

        private static void assertRefused(CourseDecision decision, Enum<?> code) {
            assertThat(((CourseDecision.Refused) decision).issues())
                    .extracting(FieldIssue::code)
                    .containsExactly(code.name());
        }

        private static long number(StaffScope college) {
            return college.organisation().id().value();
        }

        @Test
        void aCollegeSeesTheClassesOfItsOwnAndOfNoOther() {
            assertThat(one(w.college)).isPresent();
            List<TeachingClass> own = w.tx(tx -> w.classes.visible(tx, w.college));
            assertThat(own).extracting(TeachingClass::id).containsExactly(w.classId);
            Optional<Classes.Place> course =
                    w.tx(tx -> w.classes.findCourse(tx, w.college, w.courseId));
            assertThat(course).isPresent();
            assertThat(one(w.otherCollege)).isEmpty();
            List<TeachingClass> others = w.tx(tx -> w.classes.visible(tx, w.otherCollege));
            assertThat(others).isEmpty();
            Optional<Classes.Place> foreign =
                    w.tx(tx -> w.classes.findCourse(tx, w.otherCollege, w.courseId));
            assertThat(foreign).isEmpty();
        }

        @Test
        void collegeStaffCorrectStudentsCoursesAndTeachersOfTheirClasses() {
            CandidateId first = w.students.getFirst();
            w.saved(tx -> w.classes.removeStudent(tx, w.college, w.one(tx), first));
            int left = w.tx(tx -> w.classes.students(tx, w.one(tx)).size());
            assertThat(left).isEqualTo(w.students.size() - 1);
            var offered = w.tx(tx -> w.classes.offered(tx, w.one(tx)).getFirst().id());
            w.saved(tx -> w.classes.addCourse(tx, w.college, w.one(tx), offered));
            long teacher = w.tx(tx -> w.teachers.of(tx, w.teacher).orElseThrow().id());
            w.saved(tx -> w.classes.assign(tx, w.college, w.place(tx), teacher));
            assertThat(AuditTrail.of(database(), w.world.tenant))
                    .contains(
                            "DELETED class-student " + w.classId,
                            "CREATED course-teacher " + w.courseId);
        }

        private CourseDecision correct(StaffScope scope, String name, String batch, long unit) {
            return w.tx(
                    tx ->
                            new ClassData(w.classes)
                                    .change(
                                            tx,
                                            scope,
                                            w.one(tx),
                                            new ClassData.Draft(name, batch, unit)));
        }

        @Test
        void collegeStaffCorrectNameBatchAndUnitAndTheUnitChecksAgain() {
            w.saved(tx -> w.classes.check(tx, w.unit, w.one(tx), true, ""));
            long unit = number(w.otherUnit);
            assertThat(correct(w.college, "机电二班", "2026年11月", unit))
                    .isEqualTo(new CourseDecision.Saved(w.classId));
            TeachingClass now = one(w.college).orElseThrow();
            assertThat(now.name()).isEqualTo("机电二班");
            assertThat(now.batch()).isEqualTo("2026年11月");
            assertThat(now.check().state()).isEqualTo(TeachingClass.State.OPEN);
            assertThat(one(w.unit)).isEmpty();
            assertThat(one(w.otherUnit)).isPresent();
            assertThat(AuditTrail.of(database(), w.world.tenant))
                    .contains("CHANGED class " + w.classId);
        }

        @Test
        void aCorrectionIsRefusedWhereTheNameIsTakenOrTheUnitIsNone() {
            long plan = w.tx(tx -> w.one(tx).plan().value());
            w.saved(
                    tx ->
                            w.classes.add(
                                    tx,
                                    w.world.clerk,
                                    new Classes.Draft("机电二班", "2026年10月", plan, 0)));
            assertRefused(
                    correct(w.college, "机电二班", "2026年10月", 0), CourseRefusal.CLASS_NAME_TAKEN);
            assertRefused(
                    correct(w.college, "机电一班", "2026年10月", number(w.college)),
                    CourseRefusal.CLASS_UNIT_UNKNOWN);
            assertRefused(
                    correct(w.otherCollege, "机电三班", "2026年10月", 0),
                    CourseRefusal.COURSE_NOT_ALLOWED);
            assertRefused(correct(w.unit, "机电三班", "2026年10月", 0), CourseRefusal.COURSE_NOT_ALLOWED);
            assertThat(one(w.college).orElseThrow().name()).isEqualTo("机电一班");
        }

        @Test
        void collegeStaffCorrectNothingOfAnotherCollege() {
            CandidateId first = w.students.getFirst();
            assertRefused(
                    w.tx(tx -> w.classes.removeStudent(tx, w.otherCollege, w.one(tx), first)),
                    CourseRefusal.COURSE_NOT_ALLOWED);
            long teacher = w.tx(tx -> w.teachers.of(tx, w.teacher).orElseThrow().id());
            assertRefused(
                    w.tx(tx -> w.classes.assign(tx, w.otherCollege, w.place(tx), teacher)),
                    CourseRefusal.COURSE_NOT_ALLOWED);
            assertRefused(
                    w.tx(
                            tx ->
                                    w.classes.add(
                                            tx,
                                            w.college,
                                            new Classes.Draft("二班", "2026年10月", 1, 0, 0))),
                    CourseRefusal.COURSE_NOT_ALLOWED);
        }

        @Test
        void theSchoolGivesAClassToACollegeOfItsOwnAndTheCheckIsOpenAgain() {
            w.saved(tx -> w.classes.check(tx, w.unit, w.one(tx), true, ""));
            long other = number(w.otherCollege);
            w.saved(tx -> w.classes.entrust(tx, w.world.clerk, w.one(tx), other));
            assertThat(one(w.college)).isEmpty();
            assertThat(one(w.otherCollege).orElseThrow().check().state())
                    .isEqualTo(TeachingClass.State.OPEN);
            assertThat(AuditTrail.of(database(), w.world.tenant))
                    .contains("CHANGED class " + w.classId);
            w.saved(tx -> w.classes.entrust(tx, w.world.clerk, w.one(tx), 0));
            assertThat(one(w.otherCollege)).isEmpty();
            assertThat(one(w.world.clerk)).isPresent();
        }

        @Test
        void aClassIsNotGivenToACollegeOfAnotherSchoolNorByTheCollegeItself() {
            Organisation foreign =
                    w.tx(
                            tx ->
                                    organisations.addCollege(
                                            tx,
                                            w.world.otherClerk.organisation(),
                                            "C9",
                                            "第二职业学院机电学院",
                                            ""));
            long number = foreign.id().value();
            assertRefused(
                    w.tx(tx -> w.classes.entrust(tx, w.world.clerk, w.one(tx), number)),
                    CourseRefusal.CLASS_COLLEGE_UNKNOWN);
            long unit = number(w.unit);
            assertRefused(
                    w.tx(tx -> w.classes.entrust(tx, w.world.clerk, w.one(tx), unit)),
                    CourseRefusal.CLASS_COLLEGE_UNKNOWN);
            long own = number(w.otherCollege);
            assertRefused(
                    w.tx(tx -> w.classes.entrust(tx, w.college, w.one(tx), own)),
                    CourseRefusal.COURSE_NOT_ALLOWED);
        }

        private List<String> enter(
                StaffScope scope, Optional<Organisation> before, OrganisationDraft draft) {
            return w.tx(tx -> organisations.enter(tx, scope, before, draft)).stream()
                    .map(FieldIssue::code)
                    .toList();
        }

        @Test
        void aSchoolsAdministratorEntersTheSchoolsCollegesAndNothingElse() {
            OrganisationDraft college =
                    new OrganisationDraft(OrganisationKind.COLLEGE, "C3", "第一职业学院艺术学院", "");
            assertThat(enter(w.world.clerk, Optional.empty(), college))
                    .containsExactly("ORGANISATION_NOT_ALLOWED");
            assertThat(enter(w.world.bodyAdmin, Optional.empty(), college))
                    .containsExactly("ORGANISATION_NOT_ALLOWED");
            assertThat(enter(w.world.admin, Optional.empty(), college)).isEmpty();
            Organisation made =
                    w.tx(tx -> organisations.findByCode(tx, w.world.tenant, "C3")).orElseThrow();
            assertThat(made.isCollegeOf(w.world.clerk.organisation().id())).isTrue();
            assertThat(enter(w.world.otherAdmin, Optional.of(made), college))
                    .containsExactly("ORGANISATION_NOT_ALLOWED");
            OrganisationDraft renamed =
                    new OrganisationDraft(OrganisationKind.COLLEGE, "C3", "第一职业学院美术学院", "");
            assertThat(enter(w.world.admin, Optional.of(made), renamed)).isEmpty();
            Organisation now =
                    w.tx(tx -> organisations.find(tx, w.world.tenant, made.id())).orElseThrow();
            assertThat(now.name()).isEqualTo("第一职业学院美术学院");
            assertThat(now.parent()).isEqualTo(made.parent());
            OrganisationDraft school =
                    new OrganisationDraft(OrganisationKind.SCHOOL, "S9", "第九职业学院", "");
            assertThat(enter(w.world.admin, Optional.empty(), school))
                    .containsExactly("ORGANISATION_NOT_ALLOWED");
        }

        @Test
        void aSchoolsAdministratorKeepsTheAccountsOfItsColleges() {
            var keeps = w.tx(tx -> w.office.managed(tx, w.world.admin)).keySet();
            assertThat(keeps).contains(number(w.college), number(w.otherCollege));
            var other = w.tx(tx -> w.office.managed(tx, w.world.otherAdmin)).keySet();
            assertThat(other).containsExactly(w.world.otherClerk.organisation().id().value());
        }
    }
}
