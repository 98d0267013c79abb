package io.invigil.hub.plan;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * An exam plan (考试计划).
 *
 * @param number as printed, such as K202005220515; unique in the tenant
 * @param zone in which days are entered and shown
 * @param schools the participating schools
 * @param fullIdOnStickers whether desk stickers show the whole ID number (domain, section 3)
 * @param classSession number of the class session whose plan this is (domain, section 9), 0 for an
 *     ordinary plan
 */
public record Plan(
        TenantId tenant,
        PlanId id,
        String number,
        String name,
        OrganisationId body,
        ZoneId zone,
        String requirements,
        RegistrationMode registrationMode,
        PlanWindows windows,
        SittingPolicy policy,
        boolean fullIdOnStickers,
        PlanOptions options,
        Set<OrganisationId> schools,
        long classSession) {

    public Plan {
        schools = Set.copyOf(schools);
    }

    /** Whether it is the plan of one class session: it leads to no certificate. */
    public boolean isOfSession() {
        return classSession != 0;
    }

    /** Whether the stage's window is open at the instant; both edges: [from, to). */
    public boolean isOpen(PlanStage stage, Instant now) {
        return windows.of(stage).contains(now);
    }
}
