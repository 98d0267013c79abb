package io.invigil.hub.course;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Classes, their students, courses and teachers, and the unit's check (domain, section 9; S0
 * sections 1 and 3). A change of students, courses or teachers opens the check again. Thread-safe.
 */
public final class Classes {
    public static final int LISTED_MAX = 2_000;
    public static final int STUDENTS_MAX = 500;
    public static final int NAME_CHARS_MAX = 100;
    public static final int BATCH_CHARS_MAX = 60;
    public static final int STATEMENT_CHARS_MAX = 500;

    private final Clock clock;
    private final Teachers teachers;
    private final ClassStore store = new ClassStore();
    private final Candidates candidates = new Candidates();
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final ClassKeepers keepers = new ClassKeepers();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Classes(Clock clock, Teachers teachers) {
        this.clock = clock;
        this.teachers = teachers;
    }

    /**
     * What a new class says.
     *
     * @param unit 0 when the school looks after the class itself
     * @param college 0 when it belongs to none of the school's colleges
     */
    public record Draft(String name, String batch, long plan, long unit, long college) {

        /** Of a class that no college looks after. */
        public Draft(String name, String batch, long plan, long unit) {
            this(name, batch, plan, unit, 0);
        }
    }

    /** A course with its subject and teachers, as pages show it. */
    public record Course(ClassCourse course, Subject subject, List<Teacher> teachers) {
        public Course {
            teachers = List.copyOf(teachers);
        }
    }

    /**
     * Classes that the member of staff sees: a school its own, a college its own, a unit those
     * entrusted to it, a teacher those with an assigned course, the authority all.
     */
    public List<TeachingClass> visible(Tx tx, StaffScope scope) {
        Set<Long> own = ownClasses(tx, scope);
        return store.all(tx, scope.tenant(), LISTED_MAX).stream()
                .filter(one -> isVisible(scope, one, own))
                .toList();
    }

    public Optional<TeachingClass> findVisible(Tx tx, StaffScope scope, long id) {
        return store.find(tx, scope.tenant(), id)
                .filter(one -> isVisible(scope, one, ownClasses(tx, scope)));
    }

    private Set<Long> ownClasses(Tx tx, StaffScope scope) {
        Set<Long> own = new LinkedHashSet<>();
        for (long course : ownCourses(tx, scope)) {
            store.course(tx, scope.tenant(), course).ifPresent(c -> own.add(c.teachingClass()));
        }
        return own;
    }

    private List<Long> ownCourses(Tx tx, StaffScope scope) {
        return teachers.of(tx, scope)
                .map(teacher -> store.coursesOf(tx, scope.tenant(), teacher.id()))
                .orElse(List.of());
    }

    private static boolean isVisible(StaffScope scope, TeachingClass one, Set<Long> own) {
        OrganisationId organisation = scope.organisation().id();
        return switch (scope.role()) {
            case SCHOOL_CLERK -> one.school().equals(organisation);
            case COLLEGE_STAFF -> one.college().equals(Optional.of(organisation));
            case UNIT_STAFF -> one.unit().equals(Optional.of(organisation));
            case TEACHER -> own.contains(one.id());
            case AUTHORITY_READER -> true;
            case BODY_STAFF, PROVINCE_STAFF -> false;
            case BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN ->
                    false;
        };
    }

    /** The class's courses that the member of staff sees: a teacher only the assigned ones. */
    public List<Course> courses(Tx tx, StaffScope scope, TeachingClass one) {
        List<Long> own = ownCourses(tx, scope);
        return store.courses(tx, scope.tenant(), one.id()).stream()
                .filter(c -> scope.role() != StaffRole.TEACHER || own.contains(c.id()))
                .map(c -> course(tx, c))
                .toList();
    }

    /** Numbers of all courses of a class. */
    public List<Long> courseNumbers(Tx tx, TeachingClass one) {
        return store.courses(tx, one.tenant(), one.id()).stream().map(ClassCourse::id).toList();
    }

    private Course course(Tx tx, ClassCourse one) {
        return new Course(
                one,
                content.subject(tx, one.tenant(), one.subject()).orElseThrow(),
                store.teachers(tx, one.tenant(), one.id()).stream()
                        .map(id -> teachers.find(tx, one.tenant(), id).orElseThrow())
                        .toList());
    }

    /** A course with its class, when the member of staff sees both. */
    public record Place(TeachingClass teachingClass, Course course) {}

    public Optional<Place> findCourse(Tx tx, StaffScope scope, long id) {
        return store.course(tx, scope.tenant(), id)
                .flatMap(
                        course ->
                                findVisible(tx, scope, course.teachingClass())
                                        .map(one -> new Place(one, course(tx, course))))
                .filter(
                        place ->
                                scope.role() != StaffRole.TEACHER
                                        || ownCourses(tx, scope).contains(id));
    }

    /** A course by its number alone, for those who come with a code and no account. */
    public Optional<Place> place(Tx tx, TenantId tenant, long id) {
        return store.course(tx, tenant, id)
                .map(
                        course ->
                                new Place(
                                        store.find(tx, tenant, course.teachingClass())
                                                .orElseThrow(),
                                        course(tx, course)));
    }

    /** Students of the class, by name. */
    public List<Candidate> students(Tx tx, TeachingClass one) {
        Map<CandidateId, Candidate> found =
                candidates.findAll(tx, one.tenant(), store.students(tx, one.tenant(), one.id()));
        return found.values().stream()
                .sorted(Comparator.comparing(Candidate::name).thenComparing(Candidate::number))
                .toList();
    }

    /** Enters a class of the own school. */
    public CourseDecision add(Tx tx, StaffScope scope, Draft draft) {
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        List<FieldIssue> issues = new ArrayList<>();
        boolean taken =
                visible(tx, scope).stream().anyMatch(one -> one.name().equals(draft.name()));
        if (draft.name().isEmpty() || draft.name().length() > NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", CourseRefusal.CLASS_NAME));
        } else if (taken) {
            issues.add(FieldIssue.of("name", CourseRefusal.CLASS_NAME_TAKEN));
        }
        if (draft.batch().isEmpty() || draft.batch().length() > BATCH_CHARS_MAX) {
            issues.add(FieldIssue.of("batch", CourseRefusal.CLASS_BATCH));
        }
        if (draft.plan() < 1 || plans.findVisible(tx, scope, new PlanId(draft.plan())).isEmpty()) {
            issues.add(FieldIssue.of("plan", CourseRefusal.CLASS_PLAN_UNKNOWN));
        }
        if (!keepers.isUnit(tx, scope, draft.unit())) {
            issues.add(FieldIssue.of("unit", CourseRefusal.CLASS_UNIT_UNKNOWN));
        }
        if (!keepers.isCollege(tx, scope, draft.college())) {
            issues.add(FieldIssue.of("college", CourseRefusal.CLASS_COLLEGE_UNKNOWN));
        }
        if (!issues.isEmpty()) {
            return new CourseDecision.Refused(issues);
        }
        long id = numbers.take(tx, scope.tenant(), NumberSeries.TEACHING_CLASS, 1);
        TeachingClass added =
                new TeachingClass(
                        scope.tenant(),
                        id,
                        scope.organisation().id(),
                        ClassKeepers.of(draft.unit()),
                        ClassKeepers.of(draft.college()),
                        new PlanId(draft.plan()),
                        draft.name(),
                        draft.batch(),
                        TeachingClass.Check.OPEN);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "class", id, added);
        return new CourseDecision.Saved(id);
    }

    /** Gives the class to a college of its school, or to none. */
    public CourseDecision entrust(Tx tx, StaffScope scope, TeachingClass one, long college) {
        if (!scope.mayChange(one.school())) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        if (!keepers.isCollege(tx, scope, college)) {
            return CourseDecision.refused("college", CourseRefusal.CLASS_COLLEGE_UNKNOWN);
        }
        TeachingClass changed = one.of(ClassKeepers.of(college));
        store.college(tx, changed);
        audit.changed(tx, scope.actor(), "class", one.id(), one, changed);
        return changed(tx, changed);
    }

    /**
     * Lists students by candidate number or ID number; when one is not a candidate of the school
     * nobody is listed, and those are named.
     */
    public CourseDecision addStudents(
            Tx tx, StaffScope scope, TeachingClass one, Collection<String> typed) {
        if (!mayCorrect(scope, one)) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        if (typed.isEmpty()) {
            return CourseDecision.refused("students", CourseRefusal.CLASS_STUDENTS_MISSING);
        }
        if (store.students(tx, one.tenant(), one.id()).size() + typed.size() > STUDENTS_MAX) {
            return CourseDecision.refused("students", CourseRefusal.CLASS_FULL, "" + STUDENTS_MAX);
        }
        Map<String, Candidate> known = candidates.findByAnyNumber(tx, one.tenant(), typed);
        List<String> unknown =
                typed.stream()
                        .filter(
                                text ->
                                        !known.containsKey(text)
                                                || !known.get(text).school().equals(one.school()))
                        .toList();
        if (!unknown.isEmpty()) {
            return CourseDecision.refused(
                    "students", CourseRefusal.CLASS_STUDENTS_UNKNOWN, String.join("、", unknown));
        }
        for (Candidate student : new LinkedHashSet<>(known.values())) {
            if (store.addStudent(tx, one.tenant(), one.id(), student.id())) {
                audit.created(
                        tx, scope.actor(), "class-student", one.id(), Map.of("c", student.id()));
            }
        }
        return changed(tx, one);
    }

    public CourseDecision removeStudent(
            Tx tx, StaffScope scope, TeachingClass one, CandidateId student) {
        if (!mayCorrect(scope, one)) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        store.removeStudent(tx, one.tenant(), one.id(), student);
        audit.deleted(tx, scope.actor(), "class-student", one.id(), Map.of("c", student));
        return changed(tx, one);
    }

    /** Adds a subject of the class's plan as a course. */
    public CourseDecision addCourse(Tx tx, StaffScope scope, TeachingClass one, SubjectId subject) {
        if (!mayCorrect(scope, one)) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        boolean free = offered(tx, one).stream().anyMatch(each -> each.id().equals(subject));
        if (!free) {
            return CourseDecision.refused("subject", CourseRefusal.CLASS_SUBJECT_UNKNOWN);
        }
        long id = numbers.take(tx, scope.tenant(), NumberSeries.CLASS_COURSE, 1);
        ClassCourse added = new ClassCourse(one.tenant(), id, one.id(), subject);
        store.addCourse(tx, added);
        audit.created(tx, scope.actor(), "class-course", id, added);
        return changed(tx, one);
    }

    /** Subjects of the plan that are no course of the class yet. */
    public List<Subject> offered(Tx tx, TeachingClass one) {
        List<SubjectId> taken =
                store.courses(tx, one.tenant(), one.id()).stream()
                        .map(ClassCourse::subject)
                        .toList();
        return content.subjects(tx, one.tenant(), one.plan()).stream()
                .filter(subject -> !taken.contains(subject.id()))
                .toList();
    }

    /** Whether the member of staff corrects the class's data: its school, or its college. */
    public boolean mayCorrect(StaffScope scope, TeachingClass one) {
        boolean college =
                scope.role() == StaffRole.COLLEGE_STAFF
                        && one.college().equals(Optional.of(scope.organisation().id()));
        return college || scope.mayChange(one.school());
    }

    /** Whether the member of staff assigns teachers: college staff and the class's unit. */
    public boolean mayAssign(StaffScope scope, TeachingClass one) {
        boolean unit =
                scope.role() == StaffRole.UNIT_STAFF
                        && one.unit().equals(Optional.of(scope.organisation().id()));
        return unit || mayCorrect(scope, one);
    }

    /** 分配任课老师: a teacher of the class's school; a missing name is college staff's task. */
    public CourseDecision assign(Tx tx, StaffScope scope, Place place, long teacher) {
        TeachingClass one = place.teachingClass();
        if (!mayAssign(scope, one)) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        if (teachers.find(tx, one.tenant(), teacher)
                .filter(found -> found.school().equals(one.school()))
                .isEmpty()) {
            return CourseDecision.refused("teacher", CourseRefusal.TEACHER_UNKNOWN);
        }
        ClassCourse course = place.course().course();
        store.assign(tx, course, teacher);
        audit.created(tx, scope.actor(), "course-teacher", course.id(), Map.of("t", teacher));
        return changed(tx, one);
    }

    public CourseDecision release(Tx tx, StaffScope scope, Place place, long teacher) {
        if (!mayAssign(scope, place.teachingClass())) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        ClassCourse course = place.course().course();
        store.release(tx, course, teacher);
        audit.deleted(tx, scope.actor(), "course-teacher", course.id(), Map.of("t", teacher));
        return changed(tx, place.teachingClass());
    }

    /** 信息核查 by the unit: confirmed, or an error that college staff are told. */
    public CourseDecision check(
            Tx tx, StaffScope scope, TeachingClass one, boolean right, String statement) {
        boolean unit = scope.role() == StaffRole.UNIT_STAFF && mayAssign(scope, one);
        if (!unit) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        String said = right ? "" : statement.strip();
        if (!right && (said.isEmpty() || said.length() > STATEMENT_CHARS_MAX)) {
            return CourseDecision.refused("statement", CourseRefusal.CLASS_STATEMENT_MISSING);
        }
        TeachingClass checked =
                one.checked(
                        new TeachingClass.Check(
                                right ? TeachingClass.State.CONFIRMED : TeachingClass.State.ERROR,
                                said,
                                scope.login(),
                                Optional.of(clock.instant())));
        store.check(tx, checked);
        audit.changed(tx, scope.actor(), "class", one.id(), one, checked);
        return new CourseDecision.Saved(one.id());
    }

    private CourseDecision changed(Tx tx, TeachingClass one) {
        store.check(tx, one.checked(TeachingClass.Check.OPEN));
        return new CourseDecision.Saved(one.id());
    }
}
