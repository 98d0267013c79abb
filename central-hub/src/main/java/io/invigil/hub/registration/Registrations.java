package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Registration by certificate (source 004 section 5.2.6): only in the plan's registration window,
 * only schools the plan names, only eligible majors, nobody twice, nobody banned. Removal: see
 * {@link RegistrationRemoval}. Thread-safe.
 */
public final class Registrations {
    public static final int AT_ONCE_MAX = 50_000;

    private final Clock clock;
    private final BanCheck bans;
    private final RegistrationRules rules;
    private final RegistrationRemoval removal;
    private final RegistrationStore store = new RegistrationStore();
    private final SittingStore sittings = new SittingStore();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    /** For a hub without fees. */
    public Registrations(Clock clock, BanCheck bans) {
        this(clock, bans, Payments.none());
    }

    /**
     * @param bans asked at every registration
     * @param payments asked before a registration is removed
     */
    public Registrations(Clock clock, BanCheck bans, Payments payments) {
        this.clock = clock;
        this.bans = bans;
        this.rules = new RegistrationRules(clock);
        this.removal = new RegistrationRemoval(clock, payments);
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
        return register(tx, scope, plan, levelId, chosen, "");
    }

    /**
     * As above, of candidates of one type.
     *
     * @param targetType needed where the level's subjects are for a named type (参考对象类型)
     */
    public RegistrationDecision register(
            Tx tx,
            StaffScope scope,
            Plan plan,
            LevelId levelId,
            List<CandidateId> chosen,
            String targetType) {
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
        RegistrationRules.modeIssue(plan, RegistrationMode.BY_CERTIFICATE).ifPresent(issues::add);
        if (level.isEmpty()) {
            issues.add(FieldIssue.of("level", RegistrationRefusal.REG_LEVEL_UNKNOWN));
        } else if (subjects.isEmpty()) {
            issues.add(FieldIssue.of("level", RegistrationRefusal.REG_LEVEL_WITHOUT_SUBJECTS));
        } else if (!RegistrationRules.isSameForAll(subjects)) {
            issues.add(FieldIssue.of("level", RegistrationRefusal.REG_LEVEL_BY_SUBJECT));
        } else {
            RegistrationRules.typeIssue(subjects, targetType).ifPresent(issues::add);
            rules.approvalIssue(tx, scope, plan, level.get()).ifPresent(issues::add);
        }
        countIssues(wanted, issues);
        if (!issues.isEmpty()) {
            return new RegistrationDecision.Refused(issues);
        }
        Map<CandidateId, Candidate> known = candidates.findAll(tx, plan.tenant(), wanted);
        Set<CandidateId> present = store.ofLevel(tx, plan.tenant(), levelId).keySet();
        Map<CandidateId, String> banned = bans.banned(tx, plan, wanted);
        Map<CandidateId, FieldIssue> refused = new LinkedHashMap<>();
        List<CandidateId> done = new ArrayList<>();
        for (CandidateId id : wanted) {
            Optional<FieldIssue> issue =
                    RegistrationRules.personIssue(
                                    scope, level.get(), Optional.ofNullable(known.get(id)))
                            .or(() -> presentIssue(id, present))
                            .or(() -> banIssue(id, banned));
            issue.ifPresentOrElse(found -> refused.put(id, found), () -> done.add(id));
        }
        add(tx, scope, plan, levelId, subjects, done, targetType);
        return new RegistrationDecision.Carried(done, refused);
    }

    private static Optional<FieldIssue> presentIssue(CandidateId id, Set<CandidateId> present) {
        return present.contains(id)
                ? RegistrationRules.issue(RegistrationRefusal.REG_ALREADY, "")
                : Optional.empty();
    }

    private static Optional<FieldIssue> banIssue(CandidateId id, Map<CandidateId, String> banned) {
        return Optional.ofNullable(banned.get(id))
                .flatMap(
                        until ->
                                RegistrationRules.issue(
                                        RegistrationRefusal.REG_CANDIDATE_BANNED, until));
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
        return rules.planIssues(scope, plan);
    }

    private void add(
            Tx tx,
            StaffScope scope,
            Plan plan,
            LevelId level,
            List<Subject> subjects,
            List<CandidateId> done,
            String targetType) {
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
                    new Registration(
                            tenant,
                            id,
                            plan.id(),
                            level,
                            candidate,
                            targetType,
                            scope.login(),
                            now));
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
                                false,
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

    /** Removes whole registrations of the member's school. */
    public RegistrationDecision remove(
            Tx tx, StaffScope scope, Plan plan, List<RegistrationId> chosen) {
        Map<RegistrationId, CandidateId> owners =
                store.ofPlan(tx, plan.tenant(), plan.id(), scope.onlySchool()).stream()
                        .filter(one -> chosen.contains(one.id()))
                        .collect(Collectors.toMap(Registration::id, Registration::candidate));
        List<Sitting> own =
                sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .filter(one -> owners.containsKey(one.registration()))
                        .toList();
        return switch (removal.remove(tx, scope, plan, own.stream().map(Sitting::id).toList())) {
            case SubjectDecision.Refused refused ->
                    new RegistrationDecision.Refused(refused.issues());
            case SubjectDecision.Carried carried -> {
                Map<CandidateId, FieldIssue> refused = new LinkedHashMap<>();
                carried.refused()
                        .forEach((at, issue) -> refused.put(own.get(at).candidate(), issue));
                List<CandidateId> done =
                        own.stream()
                                .map(Sitting::candidate)
                                .distinct()
                                .filter(one -> !refused.containsKey(one))
                                .toList();
                yield new RegistrationDecision.Carried(done, refused);
            }
        };
    }
}
