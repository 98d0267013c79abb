package io.invigil.hub.course;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import java.time.Instant;
import java.util.Optional;

/**
 * A class (班级) of a school, bound to a plan and a batch (domain, section 9).
 *
 * @param unit who looks after it; empty when the school does so itself
 * @param college of the school, whose staff correct it; empty when the school does so itself
 * @param batch of process assessment, such as 2026年4月
 */
public record TeachingClass(
        TenantId tenant,
        long id,
        OrganisationId school,
        Optional<OrganisationId> unit,
        Optional<OrganisationId> college,
        PlanId plan,
        String name,
        String batch,
        Check check) {

    /**
     * 信息核查.
     *
     * @param statement what is wrong, empty text otherwise
     */
    public record Check(State state, String statement, String by, Optional<Instant> at) {
        static final Check OPEN = new Check(State.OPEN, "", "", Optional.empty());
    }

    /** State of the check; every change of the class opens it again. */
    public enum State {
        OPEN,
        CONFIRMED,
        ERROR
    }

    TeachingClass of(Optional<OrganisationId> other) {
        return new TeachingClass(tenant, id, school, unit, other, plan, name, batch, check);
    }

    /** With other data, to be checked again. */
    TeachingClass corrected(String newName, String newBatch, Optional<OrganisationId> newUnit) {
        return new TeachingClass(
                tenant, id, school, newUnit, college, plan, newName, newBatch, Check.OPEN);
    }

    TeachingClass checked(Check done) {
        return new TeachingClass(tenant, id, school, unit, college, plan, name, batch, done);
    }
}
