package io.invigil.hub.fee;

/** Why a fee request is not made, confirmed or removed. Names are stable codes. */
public enum FeeRefusal {
    FEE_NOT_ALLOWED,
    /** The plan does not use fees on this platform. */
    FEE_PLAN_WITHOUT_FEES,
    /** Outside the registration window; the detail shows its days. */
    FEE_WINDOW_CLOSED,
    FEE_SCHOOL_NOT_IN_PLAN,
    /** The plan registers by certificate and the request is by subject, or the reverse. */
    FEE_MODE_DIFFERS,
    FEE_LEVEL_UNKNOWN,
    /** The body has not priced the certificate, or one of its subjects. */
    FEE_PRICE_MISSING,
    FEE_PRICE_RANGE,
    /** No registration of the certificate waits for a request. */
    FEE_NOTHING_OPEN,
    /** The row's candidate has no such registration. */
    FEE_NOT_REGISTERED,
    /** The row's registration is on another request already. */
    FEE_ON_OTHER_REQUEST,
    /** A row is wrong, so no request was made of the file. */
    FEE_FILE_INCOMPLETE,
    /** Confirmed requests never change. */
    FEE_CONFIRMED,
    /** No request of this body has the number. */
    FEE_NUMBER_UNKNOWN,
    FEE_NO_NUMBERS
}
