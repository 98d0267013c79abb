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
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Registration by subject (source 004 section 5.2.6): for certificates whose candidates sit
 * different subjects. Each wish names one candidate and one subject; those not taken say why, the
 * others are registered. Thread-safe.
 */
public final class SubjectRegistrations {
    private final Clock clock;
    private final BanCheck bans;
    private final RegistrationRules rules;
    private final RegistrationStore store = new RegistrationStore();
    private final SittingStore sittings = new SittingStore();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public SubjectRegistrations(Clock clock, BanCheck bans) {
        this.clock = clock;
        this.bans = bans;
        this.rules = new RegistrationRules(clock);
    }

    /** One run over the wishes of one level. */
    private record Run(
            StaffScope scope,
            Plan plan,
            CertificateLevel level,
            Map<SubjectId, Subject> subjects,
            Map<CandidateId, Candidate> people,
            Map<CandidateId, String> banned,
            Map<CandidateId, Registration> present,
            Set<Pair> taken) {}

    private record Pair(CandidateId candidate, SubjectId subject) {}

    /** Registers for single subjects of one level. */
    public SubjectDecision register(
            Tx tx, StaffScope scope, Plan plan, LevelId levelId, List<Wish> wishes) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = rules.planIssues(scope, plan);
        RegistrationRules.modeIssue(plan, RegistrationMode.BY_SUBJECT).ifPresent(issues::add);
        Optional<CertificateLevel> level =
                content.level(tx, plan.tenant(), levelId)
                        .filter(one -> one.plan().equals(plan.id()));
        if (level.isEmpty()) {
            issues.add(FieldIssue.of("level", RegistrationRefusal.REG_LEVEL_UNKNOWN));
        } else {
            rules.approvalIssue(tx, scope, plan, level.get()).ifPresent(issues::add);
        }
        if (wishes.isEmpty()) {
            issues.add(FieldIssue.of("candidates", RegistrationRefusal.REG_NOBODY_CHOSEN));
        }
        if (wishes.size() > Registrations.AT_ONCE_MAX) {
            issues.add(
                    FieldIssue.of(
                            "candidates",
                            RegistrationRefusal.REG_TOO_MANY_CHOSEN,
                            Integer.toString(Registrations.AT_ONCE_MAX)));
        }
        if (!issues.isEmpty()) {
            return new SubjectDecision.Refused(issues);
        }
        Run run = run(tx, scope, plan, level.get(), wishes);
        Map<Integer, FieldIssue> refused = new LinkedHashMap<>();
        List<Wish> done = new ArrayList<>();
        Map<CandidateId, String> types = new HashMap<>();
        for (int at = 0; at < wishes.size(); at++) {
            Wish wish = wishes.get(at);
            Optional<FieldIssue> issue = wishIssue(run, types, wish);
            if (issue.isPresent()) {
                refused.put(at, issue.get());
            } else {
                run.taken().add(new Pair(wish.candidate(), wish.subject()));
                types.put(wish.candidate(), wish.targetType());
                done.add(wish);
            }
        }
        add(tx, run, done);
        return new SubjectDecision.Carried(done.size(), refused);
    }

    private Run run(Tx tx, StaffScope scope, Plan plan, CertificateLevel level, List<Wish> wishes) {
        Set<CandidateId> people = wishes.stream().map(Wish::candidate).collect(Collectors.toSet());
        Map<CandidateId, Registration> present = new HashMap<>();
        Map<RegistrationId, CandidateId> owners = new HashMap<>();
        for (Registration one : store.ofPlan(tx, plan.tenant(), plan.id(), scope.onlySchool())) {
            if (one.level().equals(level.id())) {
                present.put(one.candidate(), one);
                owners.put(one.id(), one.candidate());
            }
        }
        Set<Pair> taken = new HashSet<>();
        for (Sitting sitting : sittings.ofPlan(tx, plan.tenant(), plan.id())) {
            if (owners.containsKey(sitting.registration())) {
                taken.add(new Pair(sitting.candidate(), sitting.subject()));
            }
        }
        return new Run(
                scope,
                plan,
                level,
                content.subjects(tx, plan.tenant(), plan.id()).stream()
                        .filter(subject -> subject.level().equals(level.id()))
                        .collect(Collectors.toMap(Subject::id, Function.identity())),
                candidates.findAll(tx, plan.tenant(), people),
                bans.banned(tx, plan, people),
                present,
                taken);
    }

    private static Optional<FieldIssue> wishIssue(
            Run run, Map<CandidateId, String> types, Wish wish) {
        CandidateId id = wish.candidate();
        Subject subject = run.subjects().get(wish.subject());
        if (subject == null) {
            return RegistrationRules.issue(RegistrationRefusal.REG_SUBJECT_UNKNOWN, "");
        }
        Optional<FieldIssue> person =
                RegistrationRules.personIssue(
                        run.scope(), run.level(), Optional.ofNullable(run.people().get(id)));
        if (person.isPresent()) {
            return person;
        }
        if (run.taken().contains(new Pair(id, subject.id()))) {
            return RegistrationRules.issue(RegistrationRefusal.REG_ALREADY, subject.name());
        }
        if (run.banned().containsKey(id)) {
            return RegistrationRules.issue(
                    RegistrationRefusal.REG_CANDIDATE_BANNED, run.banned().get(id));
        }
        List<Subject> all = List.copyOf(run.subjects().values());
        Optional<FieldIssue> type = RegistrationRules.typeIssue(all, wish.targetType());
        if (type.isPresent()) {
            return type;
        }
        if (subject.isForNamedType() && !subject.targetType().equals(wish.targetType())) {
            return RegistrationRules.issue(
                    RegistrationRefusal.REG_TARGET_TYPE_DIFFERS, subject.targetType());
        }
        String before =
                Optional.ofNullable(run.present().get(id))
                        .map(Registration::targetType)
                        .orElse(types.getOrDefault(id, wish.targetType()));
        return before.equals(wish.targetType())
                ? Optional.empty()
                : RegistrationRules.issue(RegistrationRefusal.REG_TARGET_TYPE_CHANGED, before);
    }

    private void add(Tx tx, Run run, List<Wish> done) {
        if (done.isEmpty()) {
            return;
        }
        Plan plan = run.plan();
        Instant now = clock.instant();
        Map<CandidateId, String> fresh = new LinkedHashMap<>();
        done.stream()
                .filter(wish -> !run.present().containsKey(wish.candidate()))
                .forEach(wish -> fresh.putIfAbsent(wish.candidate(), wish.targetType()));
        Map<CandidateId, RegistrationId> ids = new HashMap<>();
        run.present().forEach((candidate, one) -> ids.put(candidate, one.id()));
        if (!fresh.isEmpty()) {
            long next = numbers.take(tx, plan.tenant(), NumberSeries.REGISTRATION, fresh.size());
            List<Registration> added = new ArrayList<>();
            for (Map.Entry<CandidateId, String> one : fresh.entrySet()) {
                RegistrationId id = new RegistrationId(next++);
                ids.put(one.getKey(), id);
                added.add(
                        new Registration(
                                plan.tenant(),
                                id,
                                plan.id(),
                                run.level().id(),
                                one.getKey(),
                                one.getValue(),
                                run.scope().login(),
                                now));
            }
            store.add(tx, added);
        }
        long next = numbers.take(tx, plan.tenant(), NumberSeries.SITTING, done.size());
        List<Sitting> added = new ArrayList<>();
        for (Wish wish : done) {
            added.add(
                    new Sitting(
                            plan.tenant(),
                            new SittingId(next++),
                            plan.id(),
                            ids.get(wish.candidate()),
                            wish.candidate(),
                            wish.subject(),
                            0,
                            false,
                            Optional.empty()));
        }
        sittings.add(tx, added);
        audit.all(
                tx,
                run.scope().actor(),
                added.stream().map(one -> Audit.Change.created("sitting", one.id(), one)).toList());
    }
}
