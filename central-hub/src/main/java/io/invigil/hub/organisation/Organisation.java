package io.invigil.hub.organisation;

import java.util.Optional;

/**
 * A body, school, college or authority.
 *
 * @param code short code, {@code [A-Z0-9]{2,20}}, unique in the tenant; part of issued numbers
 * @param region as printed, such as 山东省济南市; empty when not given
 * @param parent the school of a college; others have none
 */
public record Organisation(
        TenantId tenant,
        OrganisationId id,
        OrganisationKind kind,
        String code,
        String name,
        String region,
        Optional<OrganisationId> parent) {

    /** One that stands by itself. */
    public Organisation(
            TenantId tenant,
            OrganisationId id,
            OrganisationKind kind,
            String code,
            String name,
            String region) {
        this(tenant, id, kind, code, name, region, Optional.empty());
    }

    /** Whether it is a college of this school. */
    public boolean isCollegeOf(OrganisationId school) {
        return kind == OrganisationKind.COLLEGE && parent.equals(Optional.of(school));
    }
}
