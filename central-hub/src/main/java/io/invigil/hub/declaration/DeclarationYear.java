package io.invigil.hub.declaration;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Window;

/**
 * A year that a provincial department has opened.
 *
 * @param window in which schools declare
 */
public record DeclarationYear(TenantId tenant, OrganisationId province, int year, Window window) {}
