package io.invigil.hub.organisation;

/**
 * A body, school or authority.
 *
 * @param code short code, {@code [A-Z0-9]{2,20}}, unique in the tenant; part of issued numbers
 * @param region as printed, such as 山东省济南市; empty when not given
 */
public record Organisation(
        TenantId tenant,
        OrganisationId id,
        OrganisationKind kind,
        String code,
        String name,
        String region) {}
