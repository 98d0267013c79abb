package io.invigil.hub.office;

/** Why an account is not made or changed; texts under {@code issue.CODE}. */
public enum StaffRefusal {
    STAFF_LOGIN_TAKEN,
    STAFF_LOGIN_MALFORMED,
    STAFF_NAME_MISSING,
    STAFF_ORGANISATION_UNKNOWN,
    /** A sheet names one that is not there or not the administrator's. */
    STAFF_ORGANISATION_FOREIGN,
    STAFF_DUTY_MISSING,
    /** Nobody gives the own administration away. */
    STAFF_DUTY_OWN,
    /** A sheet's word that is no duty. */
    STAFF_DUTY_UNKNOWN,
    /**
     * A sheet says something else of an account that is there; accounts are changed on their page.
     */
    STAFF_ACCOUNT_DIFFERS,
    STAFF_CHANGED_MEANWHILE,
    STAFF_ADDRESS_MISSING,
    STAFF_MAIL_MALFORMED,
    STAFF_MOBILE_MALFORMED,
    STAFF_SELF,
    STAFF_NO_SECOND_FACTOR
}
