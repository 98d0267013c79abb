package io.invigil.hub.registration;

/** Why a registration is not made or not removed. Names are stable codes. */
public enum RegistrationRefusal {
    REG_NOT_ALLOWED,
    /** Outside the registration window; the detail shows its days. */
    REG_WINDOW_CLOSED,
    REG_SCHOOL_NOT_IN_PLAN,
    /** The plan registers by subject: another template. */
    REG_MODE_BY_SUBJECT,
    REG_LEVEL_UNKNOWN,
    REG_LEVEL_WITHOUT_SUBJECTS,
    REG_NOBODY_CHOSEN,
    REG_TOO_MANY_CHOSEN,
    /** No candidate of the school has this ID number. */
    REG_CANDIDATE_UNKNOWN,
    /** The sheet names the candidate otherwise than stored. */
    REG_NAME_DIFFERS,
    /** The candidate's major is not among the certificate's. */
    REG_MAJOR_NOT_ELIGIBLE,
    /** Banned from exams; the detail says until when. */
    REG_CANDIDATE_BANNED,
    /** Registered for this certificate level already. */
    REG_ALREADY,
    /** Seated: to be removed only after the arrangement was taken back. */
    REG_ARRANGED
}
