package io.invigil.hub.organisation;

/** Why an organisation is not entered; texts under {@code issue.CODE}. */
public enum OrganisationRefusal {
    /** Somebody else changed it since the form was filled. */
    ORGANISATION_CHANGED_MEANWHILE,
    ORGANISATION_NOT_ALLOWED,
    ORGANISATION_CODE_MALFORMED,
    ORGANISATION_CODE_TAKEN,
    ORGANISATION_NAME_MISSING,
    ORGANISATION_NAME_TAKEN,
    ORGANISATION_REGION_LONG
}
