package io.invigil.hub.course;

import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.office.StaffContact;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Entering teachers (domain, section 8): whoever is entered gets an account whose login is the
 * mobile, a random first password goes there by message and is changed at the first login, then the
 * teacher is 已激活. Thread-safe.
 */
public final class Teachers {
    public static final int LISTED_MAX = 5_000;
    public static final int RESEARCH_CHARS_MAX = 100;
    private static final int NAME_CHARS_MAX = 100;
    private static final int SHORT_CHARS_MAX = 60;
    private static final int ADDRESS_CHARS_MAX = 200;
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");

    private final StaffOffice office;
    private final TeacherStore store = new TeacherStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Teachers(StaffOffice office) {
        this.office = office;
    }

    /**
     * A teacher as lists show it.
     *
     * @param active whether the first password was changed (已激活)
     */
    public record Listed(Teacher teacher, boolean active) {}

    /** Teachers of the member's school, by name. */
    public List<Listed> visible(Tx tx, StaffScope scope) {
        return ofSchool(tx, scope.tenant(), scope.organisation().id()).stream()
                .map(one -> new Listed(one, isActive(tx, scope, one)))
                .toList();
    }

    private boolean isActive(Tx tx, StaffScope scope, Teacher teacher) {
        return office.findColleague(tx, scope, teacher.account())
                .map(account -> !account.mustChange() && !account.disabled())
                .orElse(false);
    }

    public List<Teacher> ofSchool(Tx tx, TenantId tenant, OrganisationId school) {
        return store.ofSchool(tx, tenant, school, LISTED_MAX);
    }

    /** The teacher when the member of staff may see it. */
    public Optional<Teacher> findVisible(Tx tx, StaffScope scope, long id) {
        return store.find(tx, scope.tenant(), id).filter(one -> scope.sees(one.school()));
    }

    Optional<Teacher> find(Tx tx, TenantId tenant, long id) {
        return store.find(tx, tenant, id);
    }

    /** The teacher as stored, whom nobody else changes until the transaction ends. */
    Teacher lock(Tx tx, Teacher teacher) {
        store.lock(tx, teacher.tenant(), teacher.id());
        return store.find(tx, teacher.tenant(), teacher.id()).orElse(teacher);
    }

    /** Who works with this account. */
    public Optional<Teacher> of(Tx tx, StaffScope scope) {
        return scope.role() == StaffRole.TEACHER
                ? store.findByLogin(tx, scope.tenant(), scope.login())
                : Optional.empty();
    }

    /** A first password; takes about 55 ms: to be made before the transaction. */
    public InitialPassword newPassword() {
        return office.newPassword();
    }

    /** Enters a teacher of the own school and makes the account. */
    public CourseDecision add(
            Tx tx,
            StaffScope scope,
            Teacher.Details details,
            InitialPassword password,
            StaffOffice.Letter letter) {
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        List<FieldIssue> issues = issues(tx, scope, details, 0);
        if (!issues.isEmpty()) {
            return new CourseDecision.Refused(issues);
        }
        StaffOffice.Outcome made =
                office.addTeacher(
                        tx,
                        scope,
                        new StaffOffice.Draft(
                                details.mobile(),
                                details.name(),
                                scope.organisation().id().value(),
                                Set.of(),
                                new StaffContact(details.mail(), details.mobile())),
                        password,
                        letter);
        return switch (made) {
            case StaffOffice.Outcome.Refused refused ->
                    new CourseDecision.Refused(
                            refused.issues().stream().map(Teachers::ofForm).toList());
            case StaffOffice.Outcome.Done done -> {
                long id = numbers.take(tx, scope.tenant(), NumberSeries.TEACHER, 1);
                Teacher added =
                        new Teacher(
                                scope.tenant(),
                                id,
                                scope.organisation().id(),
                                done.account(),
                                details.mobile(),
                                details);
                store.add(tx, added);
                audit.created(tx, scope.actor(), "teacher", id, added);
                yield new CourseDecision.Saved(id);
            }
        };
    }

    /** The form has no login: it is the mobile. */
    private static FieldIssue ofForm(FieldIssue issue) {
        return issue.field().equals("login")
                ? FieldIssue.of("mobile", CourseRefusal.TEACHER_TAKEN)
                : issue;
    }

    public CourseDecision change(
            Tx tx, StaffScope scope, Teacher teacher, Teacher.Details details) {
        if (!scope.mayChange(teacher.school())) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        List<FieldIssue> issues = issues(tx, scope, details, teacher.id());
        if (!issues.isEmpty()) {
            return new CourseDecision.Refused(issues);
        }
        Teacher changed =
                new Teacher(
                        teacher.tenant(),
                        teacher.id(),
                        teacher.school(),
                        teacher.account(),
                        teacher.login(),
                        details);
        store.change(tx, changed);
        audit.changed(tx, scope.actor(), "teacher", teacher.id(), teacher, changed);
        return new CourseDecision.Saved(teacher.id());
    }

    private List<FieldIssue> issues(Tx tx, StaffScope scope, Teacher.Details details, long self) {
        List<FieldIssue> issues = new ArrayList<>();
        if (details.name().isEmpty() || details.name().length() > NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", CourseRefusal.TEACHER_NAME));
        }
        if (!(IdNumber.read(details.idNumber()) instanceof IdNumber.Reading.Valid)) {
            issues.add(FieldIssue.of("idNumber", CourseRefusal.TEACHER_ID_NUMBER));
        } else if (store.findByIdNumber(tx, scope.tenant(), details.idNumber())
                .filter(known -> known.id() != self)
                .isPresent()) {
            issues.add(FieldIssue.of("idNumber", CourseRefusal.TEACHER_TAKEN));
        }
        if (details.college().isEmpty() || details.college().length() > NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("college", CourseRefusal.TEACHER_COLLEGE));
        }
        if (!MOBILE.matcher(details.mobile()).matches()) {
            issues.add(FieldIssue.of("mobile", CourseRefusal.TEACHER_MOBILE));
        }
        limit(issues, "education", details.education(), SHORT_CHARS_MAX);
        limit(issues, "title", details.title(), SHORT_CHARS_MAX);
        limit(issues, "post", details.post(), SHORT_CHARS_MAX);
        limit(issues, "mail", details.mail(), ADDRESS_CHARS_MAX);
        limit(issues, "research", details.research(), RESEARCH_CHARS_MAX);
        limit(issues, "results", details.results(), RESEARCH_CHARS_MAX);
        limit(issues, "address", details.address(), ADDRESS_CHARS_MAX);
        return issues;
    }

    private static void limit(List<FieldIssue> issues, String field, String text, int max) {
        if (text.length() > max) {
            issues.add(FieldIssue.of(field, CourseRefusal.TEACHER_TEXT_TOO_LONG, "" + max));
        }
    }
}
