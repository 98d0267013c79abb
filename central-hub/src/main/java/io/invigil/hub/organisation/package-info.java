/**
 * Tenants, organisations and which staff act for them (domain, section 1): certification bodies,
 * schools, authorities. Every list of the hub is scoped by {@link
 * io.invigil.hub.organisation.StaffScope}.
 */
package io.invigil.hub.organisation;
