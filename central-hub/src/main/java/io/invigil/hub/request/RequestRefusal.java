package io.invigil.hub.request;

/** Why a request is not taken or not decided. Names are stable codes of texts. */
public enum RequestRefusal {
    REQUEST_NOT_ALLOWED,
    /** Decided or withdrawn meanwhile. */
    REQUEST_NOT_PENDING,
    REQUEST_STATEMENT,
    REQUEST_TOO_MANY,
    REQUEST_FILE_KIND,
    REQUEST_FILE_MISSING,
    REQUEST_REASON,
    /** Not registered in the plan. */
    ACC_NOT_REGISTERED,
    ACC_NOTHING,
    ACC_MINUTES,
    /** All sittings of the plan have begun. */
    ACC_BEGUN,
    /** The slot is shorter than the subject and the extra time; the detail names the subject. */
    ACC_SLOT_TOO_SHORT
}
