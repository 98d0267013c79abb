package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The list of a class as the sittings of its session's plan (domain, section 9: the roster is the
 * class). No window and no registration by hand: whoever is in the class is on the list. Thread-
 * safe.
 */
public final class ClassList {
    private final Clock clock;
    private final RegistrationStore store = new RegistrationStore();
    private final SittingStore sittings = new SittingStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public ClassList(Clock clock) {
        this.clock = clock;
    }

    /** Puts those who are missing on the list; returns the whole list in order of entry. */
    public List<Sitting> enrol(
            Tx tx,
            AuditActor who,
            Plan plan,
            LevelId level,
            SubjectId subject,
            Collection<CandidateId> students) {
        TenantId tenant = plan.tenant();
        Set<CandidateId> missing = new LinkedHashSet<>(students);
        missing.removeAll(store.ofLevel(tx, tenant, level).keySet());
        if (!missing.isEmpty()) {
            long registration = numbers.take(tx, tenant, NumberSeries.REGISTRATION, missing.size());
            long sitting = numbers.take(tx, tenant, NumberSeries.SITTING, missing.size());
            List<Registration> added = new ArrayList<>();
            List<Sitting> sat = new ArrayList<>();
            for (CandidateId student : missing) {
                RegistrationId id = new RegistrationId(registration++);
                added.add(
                        new Registration(
                                tenant,
                                id,
                                plan.id(),
                                level,
                                student,
                                "",
                                who.login(),
                                clock.instant()));
                sat.add(
                        new Sitting(
                                tenant,
                                new SittingId(sitting++),
                                plan.id(),
                                id,
                                student,
                                subject,
                                0,
                                false,
                                Optional.empty()));
            }
            store.add(tx, added);
            sittings.add(tx, sat);
            audit.all(
                    tx,
                    who,
                    added.stream()
                            .map(one -> Audit.Change.created("registration", one.id(), one))
                            .toList());
        }
        return sittings.ofPlan(tx, tenant, plan.id());
    }

    /** Takes sittings off the list; nobody is seated in them any more. */
    public void withdraw(Tx tx, AuditActor who, Plan plan, List<Sitting> gone) {
        sittings.remove(
                tx, plan.tenant(), gone.stream().map(Sitting::id).collect(Collectors.toList()));
        for (Sitting one : gone) {
            store.remove(tx, plan.tenant(), one.registration());
            audit.deleted(tx, who, "registration", one.registration(), one);
        }
    }
}
