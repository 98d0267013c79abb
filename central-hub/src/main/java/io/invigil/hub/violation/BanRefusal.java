package io.invigil.hub.violation;

/** Why a ban is not entered or lifted. Names are stable codes. */
public enum BanRefusal {
    BAN_NOT_ALLOWED,
    /** No candidate has this ID number. */
    BAN_CANDIDATE_UNKNOWN,
    BAN_DATES_MISSING,
    BAN_DATES_REVERSED,
    /** Longer than three years; the detail says the last day that is possible. */
    BAN_TOO_LONG,
    BAN_REASON_MISSING,
    BAN_LIFTED
}
