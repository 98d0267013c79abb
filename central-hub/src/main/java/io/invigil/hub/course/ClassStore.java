package io.invigil.hub.course;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of classes, students, courses and their teachers. Stateless. */
final class ClassStore {
    private static final String SELECT =
            """
            select tenant, id, school, unit, college, plan, name, batch, check_state, check_statement,
                checked_by, checked_ms
            from teaching_class where tenant = :tenant
            """;

    private static final String COURSES =
            "select tenant, id, teaching_class, subject from class_course where tenant = :tenant";

    void add(Tx tx, TeachingClass added) {
        tx.update(
                        """
                        insert into teaching_class (tenant, id, school, unit, college, plan, name,
                            batch, check_state, check_statement, checked_by, checked_ms)
                        values (:tenant, :id, :school, :unit, :college, :plan, :name, :batch,
                            :state, '', '', 0)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id())
                .bind("school", added.school().value())
                .bind("unit", added.unit().map(OrganisationId::value).orElse(0L))
                .bind("college", added.college().map(OrganisationId::value).orElse(0L))
                .bind("plan", added.plan().value())
                .bind("name", added.name())
                .bind("batch", added.batch())
                .bind("state", added.check().state().name())
                .execute();
    }

    void lock(Tx tx, TenantId tenant, long id) {
        tx.lockRows("teaching_class", Map.of("tenant", tenant.value(), "id", id));
    }

    /** Whether another class of the school has the name. */
    boolean isNamed(Tx tx, TeachingClass one, String name) {
        return tx.query(
                                """
                                select count(*) from teaching_class
                                where tenant = :tenant and school = :school and name = :name
                                    and id <> :id
                                """)
                        .bind("tenant", one.tenant().value())
                        .bind("school", one.school().value())
                        .bind("name", name)
                        .bind("id", one.id())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void correct(Tx tx, TeachingClass changed) {
        tx.update(
                        """
                        update teaching_class set name = :name, batch = :batch, unit = :unit
                        where tenant = :tenant and id = :id
                        """)
                .bind("name", changed.name())
                .bind("batch", changed.batch())
                .bind("unit", changed.unit().map(OrganisationId::value).orElse(0L))
                .bind("tenant", changed.tenant().value())
                .bind("id", changed.id())
                .execute();
    }

    void college(Tx tx, TeachingClass changed) {
        tx.update(
                        """
                        update teaching_class set college = :college
                        where tenant = :tenant and id = :id
                        """)
                .bind("college", changed.college().map(OrganisationId::value).orElse(0L))
                .bind("tenant", changed.tenant().value())
                .bind("id", changed.id())
                .execute();
    }

    void check(Tx tx, TeachingClass checked) {
        tx.update(
                        """
                        update teaching_class set check_state = :state,
                            check_statement = :statement, checked_by = :login, checked_ms = :at
                        where tenant = :tenant and id = :id
                        """)
                .bind("state", checked.check().state().name())
                .bind("statement", checked.check().statement())
                .bind("login", checked.check().by())
                .bind("at", checked.check().at().map(Instant::toEpochMilli).orElse(0L))
                .bind("tenant", checked.tenant().value())
                .bind("id", checked.id())
                .execute();
    }

    Optional<TeachingClass> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> teachingClass(row))
                .findOne();
    }

    /** By name. */
    List<TeachingClass> all(Tx tx, TenantId tenant, int max) {
        return tx.query(SELECT + " order by name, id fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("max", max)
                .map((row, context) -> teachingClass(row))
                .list();
    }

    boolean addStudent(Tx tx, TenantId tenant, long teachingClass, CandidateId candidate) {
        return tx.update(
                                tx.dialect()
                                        .insertIfAbsent(
                                                "class_student",
                                                List.of("tenant", "teaching_class", "candidate"),
                                                List.of()))
                        .bind("tenant", tenant.value())
                        .bind("teaching_class", teachingClass)
                        .bind("candidate", candidate.value())
                        .execute()
                > 0;
    }

    void removeStudent(Tx tx, TenantId tenant, long teachingClass, CandidateId candidate) {
        tx.update(
                        """
                        delete from class_student where tenant = :tenant
                            and teaching_class = :class and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("class", teachingClass)
                .bind("candidate", candidate.value())
                .execute();
    }

    List<CandidateId> students(Tx tx, TenantId tenant, long teachingClass) {
        return tx.query(
                        """
                        select candidate from class_student
                        where tenant = :tenant and teaching_class = :class order by candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("class", teachingClass)
                .map((row, context) -> new CandidateId(row.getLong(1)))
                .list();
    }

    void addCourse(Tx tx, ClassCourse added) {
        tx.update(
                        """
                        insert into class_course (tenant, id, teaching_class, subject)
                        values (:tenant, :id, :class, :subject)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id())
                .bind("class", added.teachingClass())
                .bind("subject", added.subject().value())
                .execute();
    }

    Optional<ClassCourse> course(Tx tx, TenantId tenant, long id) {
        return tx.query(COURSES + " and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> course(row))
                .findOne();
    }

    List<ClassCourse> courses(Tx tx, TenantId tenant, long teachingClass) {
        return tx.query(COURSES + " and teaching_class = :class order by id")
                .bind("tenant", tenant.value())
                .bind("class", teachingClass)
                .map((row, context) -> course(row))
                .list();
    }

    void assign(Tx tx, ClassCourse course, long teacher) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "course_teacher",
                                        List.of("tenant", "course", "teacher"),
                                        List.of()))
                .bind("tenant", course.tenant().value())
                .bind("course", course.id())
                .bind("teacher", teacher)
                .execute();
    }

    void release(Tx tx, ClassCourse course, long teacher) {
        tx.update(
                        """
                        delete from course_teacher
                        where tenant = :tenant and course = :course and teacher = :teacher
                        """)
                .bind("tenant", course.tenant().value())
                .bind("course", course.id())
                .bind("teacher", teacher)
                .execute();
    }

    List<Long> teachers(Tx tx, TenantId tenant, long course) {
        return tx.query(
                        """
                        select teacher from course_teacher
                        where tenant = :tenant and course = :course order by teacher
                        """)
                .bind("tenant", tenant.value())
                .bind("course", course)
                .map((row, context) -> row.getLong(1))
                .list();
    }

    /** Numbers of the courses that a teacher has. */
    List<Long> coursesOf(Tx tx, TenantId tenant, long teacher) {
        return tx.query(
                        """
                        select course from course_teacher
                        where tenant = :tenant and teacher = :teacher order by course
                        """)
                .bind("tenant", tenant.value())
                .bind("teacher", teacher)
                .map((row, context) -> row.getLong(1))
                .list();
    }

    private static ClassCourse course(ResultSet row) throws SQLException {
        return new ClassCourse(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                row.getLong("teaching_class"),
                new SubjectId(row.getLong("subject")));
    }

    private static TeachingClass teachingClass(ResultSet row) throws SQLException {
        long unit = row.getLong("unit");
        long college = row.getLong("college");
        long at = row.getLong("checked_ms");
        return new TeachingClass(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                new OrganisationId(row.getLong("school")),
                unit == 0 ? Optional.empty() : Optional.of(new OrganisationId(unit)),
                college == 0 ? Optional.empty() : Optional.of(new OrganisationId(college)),
                new PlanId(row.getLong("plan")),
                row.getString("name"),
                row.getString("batch"),
                new TeachingClass.Check(
                        TeachingClass.State.valueOf(row.getString("check_state")),
                        row.getString("check_statement"),
                        row.getString("checked_by"),
                        at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at))));
    }
}
