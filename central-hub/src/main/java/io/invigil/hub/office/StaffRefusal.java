package io.invigil.hub.office;

/** Why an account is not made or changed; texts under {@code issue.CODE}. */
public enum StaffRefusal {
    STAFF_LOGIN_TAKEN,
    STAFF_LOGIN_MALFORMED,
    STAFF_NAME_MISSING,
    STAFF_ORGANISATION_UNKNOWN,
    STAFF_ADDRESS_MISSING,
    STAFF_MAIL_MALFORMED,
    STAFF_MOBILE_MALFORMED,
    STAFF_SELF,
    STAFF_NO_SECOND_FACTOR
}
