package io.invigil.hub.organisation;

import io.invigil.hub.audit.AuditActor;
import java.util.Optional;
import java.util.Set;

/**
 * On whose behalf a request acts. Every rule takes it, every query is bounded by it.
 *
 * @param login the staff account
 * @param role in which the request acts
 * @param address from where; empty when the request did not come over the network
 * @param roles all that the person has in the organisation
 */
public record StaffScope(
        TenantId tenant,
        String login,
        Organisation organisation,
        StaffRole role,
        String address,
        Set<StaffRole> roles) {

    public StaffScope {
        roles = Set.copyOf(roles);
    }

    /** A person with one role. */
    public StaffScope(
            TenantId tenant,
            String login,
            Organisation organisation,
            StaffRole role,
            String address) {
        this(tenant, login, organisation, role, address, Set.of(role));
    }

    /** A scope of a process that embeds the rules. */
    public StaffScope(TenantId tenant, String login, Organisation organisation, StaffRole role) {
        this(tenant, login, organisation, role, "");
    }

    /** Whether the person has the role, in whatever role the request acts. */
    public boolean has(StaffRole wanted) {
        return roles.contains(wanted);
    }

    /** Whether the person keeps the organisation's accounts. */
    public boolean administers() {
        return roles.stream().anyMatch(StaffRole::administers);
    }

    /** Who acts, for the audit. */
    public AuditActor actor() {
        return new AuditActor(
                tenant.value(), login, role.code(), organisation.id().value(), address);
    }

    /**
     * The only school whose data is visible, or empty when all schools' are; for a unit or college
     * its number, which no school has, as for administrators of what is no school.
     */
    public Optional<OrganisationId> onlySchool() {
        return switch (role) {
            case BODY_STAFF, AUTHORITY_READER, PROVINCE_STAFF -> Optional.empty();
            case SCHOOL_CLERK, TEACHER, UNIT_STAFF, COLLEGE_STAFF -> Optional.of(organisation.id());
            // administrators see no school's data but, in a school, what is the own
            case BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN ->
                    Optional.of(organisation.id());
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
