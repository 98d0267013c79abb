package io.invigil.hub.registration;

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
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.Window;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Registration by certificate (source 004 section 5.2.6): only in the plan's registration window,
 * only schools the plan names, only eligible majors, nobody twice. Removal: only in the window and
 * while not arranged. Thread-safe.
 */
public final class Registrations {
    public static final int AT_ONCE_MAX = 50_000;

    private final Clock clock;
    private final BanCheck bans;
    private final RegistrationStore store = new RegistrationStore();
    private final SittingStore sittings = new SittingStore();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Registrations(Clock clock, BanCheck bans) {
        this.clock = clock;
        this.bans = bans;
    }

    public Optional<Registration> find(Tx tx, TenantId tenant, RegistrationId id) {
        return store.find(tx, tenant, id);
    }

    /** Registrations of the plan that the member of staff may see, by id. */
    public List<Registration> ofPlan(Tx tx, StaffScope scope, Plan plan) {
        return store.ofPlan(tx, scope.tenant(), plan.id(), scope.onlySchool());
    }

    /** All registrations of the plan, by id. */
    public List<Registration> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.ofPlan(tx, tenant, plan, Optional.empty());
    }

    /**
     * Registers the candidates for all subjects of the level. What concerns single candidates is
     * refused one by one; the others are registered.
     */
    public RegistrationDecision register(
            Tx tx, StaffScope scope, Plan plan, LevelId levelId, List<CandidateId> chosen) {
        Set<CandidateId> wanted = new LinkedHashSet<>(chosen);
        plans.lock(tx, plan.tenant(), plan.id());
        Optional<CertificateLevel> level =
                content.level(tx, plan.tenant(), levelId)
                        .filter(one -> one.plan().equals(plan.id()));
        List<Subject> subjects =
                content.subjects(tx, plan.tenant(), plan.id()).stream()
                        .filter(subject -> subject.level().equals(levelId))
                        .toList();
        List<FieldIssue> issues = planIssues(scope, plan);
        if (level.isEmpty()) {
            issues.add(FieldIssue.of("level", RegistrationRefusal.REG_LEVEL_UNKNOWN));
        } else if (subjects.isEmpty()) {
            issues.add(FieldIssue.of("level", RegistrationRefusal.REG_LEVEL_WITHOUT_SUBJECTS));
        }
        countIssues(wanted, issues);
        if (!issues.isEmpty()) {
            return new RegistrationDecision.Refused(issues);
        }
        Map<CandidateId, Candidate> known = candidates.findAll(tx, plan.tenant(), wanted);
        Set<CandidateId> present = store.ofLevel(tx, plan.tenant(), levelId).keySet();
        Map<CandidateId, FieldIssue> refused = new LinkedHashMap<>();
        List<CandidateId> done = new ArrayList<>();
        for (CandidateId id : wanted) {
            Optional<FieldIssue> issue =
                    candidateIssue(
                            tx,
                            scope,
                            plan,
                            level.get(),
                            Optional.ofNullable(known.get(id)),
                            present.contains(id));
            issue.ifPresentOrElse(found -> refused.put(id, found), () -> done.add(id));
        }
        add(tx, scope, plan, levelId, subjects, done);
        return new RegistrationDecision.Carried(done, refused);
    }

    private static void countIssues(Set<CandidateId> wanted, List<FieldIssue> issues) {
        if (wanted.isEmpty()) {
            issues.add(FieldIssue.of("candidates", RegistrationRefusal.REG_NOBODY_CHOSEN));
        }
        if (wanted.size() > AT_ONCE_MAX) {
            issues.add(
                    FieldIssue.of(
                            "candidates",
                            RegistrationRefusal.REG_TOO_MANY_CHOSEN,
                            Integer.toString(AT_ONCE_MAX)));
        }
    }

    /** What forbids any registration of this school in this plan now. */
    public List<FieldIssue> planIssues(StaffScope scope, Plan plan) {
        List<FieldIssue> issues = new ArrayList<>();
        OrganisationId school = scope.organisation().id();
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            issues.add(FieldIssue.of("", RegistrationRefusal.REG_NOT_ALLOWED));
        } else if (!plan.schools().contains(school)) {
            issues.add(FieldIssue.of("", RegistrationRefusal.REG_SCHOOL_NOT_IN_PLAN));
        }
        windowIssue(plan).ifPresent(issues::add);
        if (plan.registrationMode() == RegistrationMode.BY_SUBJECT) {
            issues.add(FieldIssue.of("", RegistrationRefusal.REG_MODE_BY_SUBJECT));
        }
        return issues;
    }

    private Optional<FieldIssue> windowIssue(Plan plan) {
        if (plan.isOpen(PlanStage.REGISTRATION, clock.instant())) {
            return Optional.empty();
        }
        Window window = plan.windows().registration();
        String days = window.firstDay(plan.zone()) + " – " + window.lastDay(plan.zone());
        return Optional.of(FieldIssue.of("", RegistrationRefusal.REG_WINDOW_CLOSED, days));
    }

    private Optional<FieldIssue> candidateIssue(
            Tx tx,
            StaffScope scope,
            Plan plan,
            CertificateLevel level,
            Optional<Candidate> known,
            boolean present) {
        Optional<Candidate> own = known.filter(one -> scope.mayChange(one.school()));
        if (own.isEmpty()) {
            return issue(RegistrationRefusal.REG_CANDIDATE_UNKNOWN, "");
        }
        if (present) {
            return issue(RegistrationRefusal.REG_ALREADY, "");
        }
        if (!level.majors().isEmpty() && !level.majors().contains(own.get().major())) {
            return issue(RegistrationRefusal.REG_MAJOR_NOT_ELIGIBLE, own.get().major());
        }
        Optional<String> banned = bans.bannedUntil(tx, own.get(), plan);
        return banned.flatMap(until -> issue(RegistrationRefusal.REG_CANDIDATE_BANNED, until));
    }

    private static Optional<FieldIssue> issue(RegistrationRefusal code, String detail) {
        return Optional.of(FieldIssue.of("candidates", code, detail));
    }

    private void add(
            Tx tx,
            StaffScope scope,
            Plan plan,
            LevelId level,
            List<Subject> subjects,
            List<CandidateId> done) {
        if (done.isEmpty()) {
            return;
        }
        TenantId tenant = plan.tenant();
        Instant now = clock.instant();
        long registration = numbers.take(tx, tenant, NumberSeries.REGISTRATION, done.size());
        int count = Math.multiplyExact(done.size(), subjects.size());
        long sitting = numbers.take(tx, tenant, NumberSeries.SITTING, count);
        List<Registration> added = new ArrayList<>();
        List<Sitting> sat = new ArrayList<>();
        for (CandidateId candidate : done) {
            RegistrationId id = new RegistrationId(registration++);
            added.add(
                    new Registration(tenant, id, plan.id(), level, candidate, scope.login(), now));
            for (Subject subject : subjects) {
                sat.add(
                        new Sitting(
                                tenant,
                                new SittingId(sitting++),
                                plan.id(),
                                id,
                                candidate,
                                subject.id(),
                                0,
                                Optional.empty()));
            }
        }
        store.add(tx, added);
        audit.all(
                tx,
                scope.actor(),
                added.stream()
                        .map(one -> Audit.Change.created("registration", one.id(), one))
                        .toList());
        sittings.add(tx, sat);
    }

    /** Removes registrations of the member's school: in the window, while not arranged. */
    public RegistrationDecision remove(
            Tx tx, StaffScope scope, Plan plan, List<RegistrationId> chosen) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = planIssues(scope, plan);
        if (chosen.isEmpty()) {
            issues.add(FieldIssue.of("registrations", RegistrationRefusal.REG_NOBODY_CHOSEN));
        }
        if (!issues.isEmpty()) {
            return new RegistrationDecision.Refused(issues);
        }
        Map<CandidateId, FieldIssue> refused = new LinkedHashMap<>();
        List<CandidateId> done = new ArrayList<>();
        for (Registration one : store.ofPlan(tx, plan.tenant(), plan.id(), scope.onlySchool())) {
            if (!chosen.contains(one.id())) {
                continue;
            }
            boolean arranged =
                    sittings.ofRegistration(tx, plan.tenant(), one.id()).stream()
                            .anyMatch(sitting -> sitting.seating().isPresent());
            if (arranged) {
                refused.put(
                        one.candidate(),
                        FieldIssue.of("registrations", RegistrationRefusal.REG_ARRANGED));
            } else {
                store.remove(tx, one);
                audit.deleted(tx, scope.actor(), "registration", one.id(), one);
                done.add(one.candidate());
            }
        }
        return new RegistrationDecision.Carried(done, refused);
    }
}
