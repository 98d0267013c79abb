package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.declaration.Approvals;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.Window;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What holds for every way of registering (source 004 section 5.2.6). Thread-safe. */
final class RegistrationRules {
    private final Clock clock;
    private final Approvals approvals = new Approvals();

    RegistrationRules(Clock clock) {
        this.clock = clock;
    }

    /** What forbids this school to register or to remove anything in this plan now. */
    List<FieldIssue> planIssues(StaffScope scope, Plan plan) {
        List<FieldIssue> issues = new ArrayList<>();
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            issues.add(FieldIssue.of("", RegistrationRefusal.REG_NOT_ALLOWED));
        } else if (!plan.schools().contains(scope.organisation().id())) {
            issues.add(FieldIssue.of("", RegistrationRefusal.REG_SCHOOL_NOT_IN_PLAN));
        }
        if (!plan.isOpen(PlanStage.REGISTRATION, clock.instant())) {
            Window window = plan.windows().registration();
            String days = window.firstDay(plan.zone()) + " – " + window.lastDay(plan.zone());
            issues.add(FieldIssue.of("", RegistrationRefusal.REG_WINDOW_CLOSED, days));
        }
        return issues;
    }

    /** A certificate that is not approved for the school in the plan's year (source 002). */
    Optional<FieldIssue> approvalIssue(Tx tx, StaffScope scope, Plan plan, CertificateLevel level) {
        return approvals.missing(tx, plan, scope.organisation().id(), List.of(level)).stream()
                .map(
                        title ->
                                FieldIssue.of(
                                        "level",
                                        RegistrationRefusal.REG_CERTIFICATE_NOT_APPROVED,
                                        title))
                .findFirst();
    }

    /** The other template is named when the plan registers in the other way. */
    static Optional<FieldIssue> modeIssue(Plan plan, RegistrationMode wanted) {
        if (plan.registrationMode() == wanted) {
            return Optional.empty();
        }
        return Optional.of(
                FieldIssue.of(
                        "",
                        wanted == RegistrationMode.BY_CERTIFICATE
                                ? RegistrationRefusal.REG_MODE_BY_SUBJECT
                                : RegistrationRefusal.REG_MODE_BY_CERTIFICATE));
    }

    /** Major and ownership of one person. */
    static Optional<FieldIssue> personIssue(
            StaffScope scope, CertificateLevel level, Optional<Candidate> known) {
        Optional<Candidate> own = known.filter(one -> scope.mayChange(one.school()));
        if (own.isEmpty()) {
            return issue(RegistrationRefusal.REG_CANDIDATE_UNKNOWN, "");
        }
        return majorIssue(level, own.get());
    }

    /** Whether the certificate is for the candidate's major. */
    static Optional<FieldIssue> majorIssue(CertificateLevel level, Candidate one) {
        return level.majors().isEmpty() || level.majors().contains(one.major())
                ? Optional.empty()
                : issue(RegistrationRefusal.REG_MAJOR_NOT_ELIGIBLE, one.major());
    }

    /** The named types among the subjects, in order. */
    static Set<String> namedTypes(List<Subject> subjects) {
        Set<String> named = new TreeSet<>();
        subjects.stream()
                .filter(Subject::isForNamedType)
                .forEach(one -> named.add(one.targetType()));
        return named;
    }

    /**
     * Whether every candidate of the level sits the same subjects; only then can one register by
     * certificate.
     */
    static boolean isSameForAll(List<Subject> subjects) {
        return subjects.stream().map(Subject::targetType).distinct().count() <= 1;
    }

    /** The type that a row gives, against the level's subjects (参考对象类型). */
    static Optional<FieldIssue> typeIssue(List<Subject> subjects, String type) {
        Set<String> named = namedTypes(subjects);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String known = String.join("、", named);
        if (type.isEmpty()) {
            return issue(RegistrationRefusal.REG_TARGET_TYPE_MISSING, known);
        }
        boolean forAll = subjects.stream().anyMatch(one -> !one.isForNamedType());
        boolean everybody = forAll && type.equals(Subject.EVERYBODY);
        return named.contains(type) || everybody
                ? Optional.empty()
                : issue(RegistrationRefusal.REG_TARGET_TYPE_UNKNOWN, known);
    }

    static Optional<FieldIssue> issue(RegistrationRefusal code, String detail) {
        return Optional.of(FieldIssue.of("candidates", code, detail));
    }
}
