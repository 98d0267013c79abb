package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removal of registrations (source 004 section 5.2.6): only inside the registration window, only
 * what is neither arranged nor paid (只能删除未排考且未缴费的考生报考信息). Where one registers by certificate a
 * certificate goes as a whole. Thread-safe.
 */
public final class RegistrationRemoval {
    private final RegistrationRules rules;
    private final Payments payments;
    private final RegistrationStore store = new RegistrationStore();
    private final SittingStore sittings = new SittingStore();
    private final Plans plans = new Plans();
    private final Audit audit = new Audit();

    public RegistrationRemoval(Clock clock, Payments payments) {
        this.rules = new RegistrationRules(clock);
        this.payments = payments;
    }

    /** Removes registered subjects of the member's school; others are unknown. */
    public SubjectDecision remove(Tx tx, StaffScope scope, Plan plan, List<SittingId> chosen) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = rules.planIssues(scope, plan);
        if (chosen.isEmpty()) {
            issues.add(FieldIssue.of("registrations", RegistrationRefusal.REG_NOBODY_CHOSEN));
        }
        if (!issues.isEmpty()) {
            return new SubjectDecision.Refused(issues);
        }
        Set<RegistrationId> own =
                store.ofPlan(tx, plan.tenant(), plan.id(), scope.onlySchool()).stream()
                        .map(Registration::id)
                        .collect(Collectors.toSet());
        Map<SittingId, Sitting> known = new HashMap<>();
        Map<RegistrationId, Set<SittingId>> together = new HashMap<>();
        for (Sitting sitting : sittings.ofPlan(tx, plan.tenant(), plan.id())) {
            if (own.contains(sitting.registration())) {
                known.put(sitting.id(), sitting);
                together.computeIfAbsent(sitting.registration(), key -> new LinkedHashSet<>())
                        .add(sitting.id());
            }
        }
        Map<SittingId, Payments.Payment> paid = payments.ofPlan(tx, plan.tenant(), plan.id());
        Map<Integer, FieldIssue> refused = new LinkedHashMap<>();
        Set<SittingId> doomed = new LinkedHashSet<>();
        int done = 0;
        for (int at = 0; at < chosen.size(); at++) {
            Optional<Sitting> sitting = Optional.ofNullable(known.get(chosen.get(at)));
            Set<SittingId> group = sitting.map(one -> group(plan, one, together)).orElse(Set.of());
            Optional<FieldIssue> issue = groupIssue(group, known, paid);
            if (issue.isPresent()) {
                refused.put(at, issue.get());
            } else {
                doomed.addAll(group);
                done++;
            }
        }
        sittings.remove(tx, plan.tenant(), doomed);
        audit.all(
                tx,
                scope.actor(),
                doomed.stream()
                        .map(id -> Audit.Change.deleted("sitting", id, known.get(id)))
                        .toList());
        for (Map.Entry<RegistrationId, Set<SittingId>> one : together.entrySet()) {
            if (doomed.containsAll(one.getValue())) {
                store.remove(tx, plan.tenant(), one.getKey());
            }
        }
        return new SubjectDecision.Carried(done, refused);
    }

    private static Set<SittingId> group(
            Plan plan, Sitting sitting, Map<RegistrationId, Set<SittingId>> together) {
        return plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                ? together.get(sitting.registration())
                : Set.of(sitting.id());
    }

    private static Optional<FieldIssue> groupIssue(
            Set<SittingId> group,
            Map<SittingId, Sitting> known,
            Map<SittingId, Payments.Payment> paid) {
        if (group.isEmpty()) {
            return RegistrationRules.issue(RegistrationRefusal.REG_UNKNOWN, "");
        }
        for (SittingId id : group) {
            if (known.get(id).seating().isPresent()) {
                return RegistrationRules.issue(RegistrationRefusal.REG_ARRANGED, "");
            }
            Payments.Payment payment = paid.getOrDefault(id, Payments.Payment.UNPAID);
            if (payment == Payments.Payment.PAID) {
                return RegistrationRules.issue(RegistrationRefusal.REG_PAID, "");
            }
            if (payment == Payments.Payment.REQUESTED) {
                return RegistrationRules.issue(RegistrationRefusal.REG_REQUESTED, "");
            }
        }
        return Optional.empty();
    }
}
