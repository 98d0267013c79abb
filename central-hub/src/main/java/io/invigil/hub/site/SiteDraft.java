package io.invigil.hub.site;

import io.invigil.hub.organisation.OrganisationId;

/** A site as entered; see {@link Site}. */
public record SiteDraft(
        OrganisationId school,
        String name,
        String region,
        String address,
        String contact,
        String phone) {}
