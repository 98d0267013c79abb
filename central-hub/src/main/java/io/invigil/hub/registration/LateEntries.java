package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.declaration.Approvals;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Enters somebody whom a room let in without being on its list (issue 3, part 6). Windows do not
 * apply, because it has happened; who may sit at all is asked as for any registration. Looking and
 * writing are two steps, so that nothing is written when the seat is refused. Thread-safe.
 */
public final class LateEntries {
    private final Clock clock;
    private final BanCheck bans;
    private final RegistrationStore store = new RegistrationStore();
    private final SittingStore sittings = new SittingStore();
    private final Candidates candidates = new Candidates();
    private final Approvals approvals = new Approvals();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public LateEntries(Clock clock, BanCheck bans) {
        this.clock = clock;
        this.bans = bans;
    }

    /** Whether somebody can be entered. */
    public sealed interface Entry {
        /**
         * Can be entered.
         *
         * @param registration of the level that exists already
         * @param sitting of the subject that exists already
         */
        record Possible(
                Candidate candidate,
                Subject subject,
                Optional<Registration> registration,
                Optional<Sitting> sitting)
                implements Entry {}

        record Refused(FieldIssue issue) implements Entry {}

        /** No candidate has this number. */
        record Unknown() implements Entry {}
    }

    /**
     * Looks whether somebody may sit a subject of the plan; the plan is held from here on.
     *
     * @param number candidate, ID or, of this plan, admission number
     */
    public Entry look(Tx tx, Plan plan, Subject subject, String number) {
        plans.lock(tx, plan.tenant(), plan.id());
        Optional<Candidate> known = candidate(tx, plan, number.strip());
        if (known.isEmpty()) {
            return new Entry.Unknown();
        }
        Candidate one = known.get();
        CertificateLevel level = content.level(tx, plan.tenant(), subject.level()).orElseThrow();
        Optional<Registration> present =
                store.ofPlan(tx, plan.tenant(), plan.id(), Optional.of(one.school())).stream()
                        .filter(each -> each.candidate().equals(one.id()))
                        .filter(each -> each.level().equals(level.id()))
                        .findFirst();
        Optional<FieldIssue> issue =
                banIssue(tx, plan, one)
                        .or(
                                () ->
                                        present.isPresent()
                                                ? Optional.empty()
                                                : issue(tx, plan, one, level))
                        .or(() -> typeIssue(subject, present));
        if (issue.isPresent()) {
            return new Entry.Refused(issue.get());
        }
        Optional<Sitting> sitting =
                sittings.ofCandidate(tx, plan.tenant(), one.id()).stream()
                        .filter(each -> each.plan().equals(plan.id()))
                        .filter(each -> each.subject().equals(subject.id()))
                        .findFirst();
        return new Entry.Possible(one, subject, present, sitting);
    }

    private Optional<Candidate> candidate(Tx tx, Plan plan, String number) {
        Map<String, Candidate> found =
                candidates.findByAnyNumber(tx, plan.tenant(), Set.of(number));
        return Optional.ofNullable(found.get(number))
                .or(
                        () ->
                                sittings.byAdmission(tx, plan.tenant(), plan.id(), number)
                                        .flatMap(id -> candidates.find(tx, plan.tenant(), id)));
    }

    private Optional<FieldIssue> banIssue(Tx tx, Plan plan, Candidate one) {
        return Optional.ofNullable(bans.banned(tx, plan, Set.of(one.id())).get(one.id()))
                .flatMap(
                        until ->
                                RegistrationRules.issue(
                                        RegistrationRefusal.REG_CANDIDATE_BANNED,
                                        one.name() + " " + until));
    }

    /** Asked of new registrations alone: who is registered passed it before. */
    private Optional<FieldIssue> issue(Tx tx, Plan plan, Candidate one, CertificateLevel level) {
        if (!plan.schools().contains(one.school())) {
            return Optional.of(FieldIssue.of("", RegistrationRefusal.REG_SCHOOL_NOT_IN_PLAN));
        }
        List<String> missing = approvals.missing(tx, plan, one.school(), List.of(level));
        if (!missing.isEmpty()) {
            return RegistrationRules.issue(
                    RegistrationRefusal.REG_CERTIFICATE_NOT_APPROVED, missing.getFirst());
        }
        return RegistrationRules.majorIssue(level, one);
    }

    private static Optional<FieldIssue> typeIssue(Subject subject, Optional<Registration> present) {
        boolean differs =
                subject.isForNamedType()
                        && present.isPresent()
                        && !present.get().targetType().equals(subject.targetType());
        return differs
                ? RegistrationRules.issue(
                        RegistrationRefusal.REG_TARGET_TYPE_DIFFERS, subject.targetType())
                : Optional.empty();
    }

    /**
     * Enters what is missing: the registration, and the sitting of the subject; of all subjects of
     * the level where the plan registers by certificate and all of them are for everybody alike.
     *
     * @return the sitting of the subject
     */
    public Sitting enter(Tx tx, AuditActor who, Plan plan, Entry.Possible entry) {
        if (entry.sitting().isPresent()) {
            return entry.sitting().get();
        }
        Registration registration =
                entry.registration().orElseGet(() -> register(tx, who, plan, entry));
        List<Subject> level =
                content.subjects(tx, plan.tenant(), plan.id()).stream()
                        .filter(one -> one.level().equals(entry.subject().level()))
                        .toList();
        boolean whole =
                entry.registration().isEmpty()
                        && plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                        && RegistrationRules.isSameForAll(level);
        List<Subject> sat = whole ? level : List.of(entry.subject());
        long next = numbers.take(tx, plan.tenant(), NumberSeries.SITTING, sat.size());
        List<Sitting> added = new ArrayList<>();
        for (Subject one : sat) {
            added.add(sitting(plan, next++, registration, one));
        }
        sittings.add(tx, added);
        audit.all(
                tx,
                who,
                added.stream().map(one -> Audit.Change.created("sitting", one.id(), one)).toList());
        return added.stream()
                .filter(one -> one.subject().equals(entry.subject().id()))
                .findFirst()
                .orElseThrow();
    }

    private Registration register(Tx tx, AuditActor who, Plan plan, Entry.Possible entry) {
        Subject subject = entry.subject();
        var made =
                new Registration(
                        plan.tenant(),
                        new RegistrationId(
                                numbers.take(tx, plan.tenant(), NumberSeries.REGISTRATION, 1)),
                        plan.id(),
                        subject.level(),
                        entry.candidate().id(),
                        subject.isForNamedType() ? subject.targetType() : "",
                        who.login(),
                        clock.instant());
        store.add(tx, List.of(made));
        audit.created(tx, who, "registration", made.id(), made);
        return made;
    }

    private static Sitting sitting(Plan plan, long id, Registration of, Subject subject) {
        CandidateId candidate = of.candidate();
        return new Sitting(
                plan.tenant(),
                new SittingId(id),
                plan.id(),
                of.id(),
                candidate,
                subject.id(),
                0,
                false,
                Optional.empty());
    }
}
