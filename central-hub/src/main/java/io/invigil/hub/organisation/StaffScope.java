package io.invigil.hub.organisation;

import io.invigil.hub.audit.AuditActor;
import java.util.Optional;

/**
 * On whose behalf a request acts. Every rule takes it, every query is bounded by it.
 *
 * @param login the staff account
 * @param role see {@link StaffRole}
 * @param address from where; empty when the request did not come over the network
 */
public record StaffScope(
        TenantId tenant, String login, Organisation organisation, StaffRole role, String address) {

    /** A scope of a process that embeds the rules. */
    public StaffScope(TenantId tenant, String login, Organisation organisation, StaffRole role) {
        this(tenant, login, organisation, role, "");
    }

    /** Who acts, for the audit. */
    public AuditActor actor() {
        return new AuditActor(
                tenant.value(), login, role.code(), organisation.id().value(), address);
    }

    /**
     * The only school whose data is visible, or empty when all schools' are; for a unit its own
     * number, which no school has.
     */
    public Optional<OrganisationId> onlySchool() {
        return switch (role) {
            case SCHOOL_CLERK, TEACHER, UNIT_STAFF -> Optional.of(organisation.id());
            case BODY_STAFF, AUTHORITY_READER, PROVINCE_STAFF -> Optional.empty();
        };
    }

    /** Whether the school's data may be seen. */
    public boolean sees(OrganisationId school) {
        return onlySchool().map(school::equals).orElse(true);
    }

    /** Whether the school's candidates, sites and registrations may be changed. */
    public boolean mayChange(OrganisationId school) {
        return role == StaffRole.SCHOOL_CLERK && organisation.id().equals(school);
    }

    /** Whether plans of this body may be made, changed and arranged. */
    public boolean mayRunPlansOf(OrganisationId body) {
        return role == StaffRole.BODY_STAFF && organisation.id().equals(body);
    }
}
