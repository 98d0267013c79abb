package io.invigil.hub.organisation;

/**
 * An organisation as entered.
 *
 * @param code only read for a new one
 * @param region empty when not given
 */
public record OrganisationDraft(OrganisationKind kind, String code, String name, String region) {}
