package io.invigil.hub.declaration;

/** Why a declaration or a year is not taken. Names are stable codes. */
public enum DeclarationRefusal {
    DECLARATION_NOT_ALLOWED,
    /** The department of the school's region has not opened this year. */
    DECLARATION_YEAR_NOT_OPENED,
    /** Outside the year's window; the detail shows its days. */
    DECLARATION_WINDOW_CLOSED,
    /** No plan of any body has this certificate. */
    DECLARATION_CERTIFICATE_UNKNOWN,
    /** The school has declared this certificate for this year. */
    DECLARATION_EXISTS,
    /** It is under review or approved. */
    DECLARATION_NOT_EDITABLE,
    DECLARATION_NOT_PENDING,
    DECLARATION_NOT_APPROVED,
    /** Candidates of the school are registered for it in that year. */
    DECLARATION_IN_USE,
    DECLARATION_CHANGED_MEANWHILE,
    DECLARATION_MAJORS_MISSING,
    DECLARATION_COUNT_RANGE,
    DECLARATION_TEXT_TOO_LONG,
    DECLARATION_REASON_MISSING,
    DECLARATION_YEAR_RANGE,
    DECLARATION_DAYS_MISSING,
    DECLARATION_DAYS_REVERSED
}
