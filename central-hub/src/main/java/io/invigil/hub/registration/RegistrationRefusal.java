package io.invigil.hub.registration;

/** Why a registration is not made or not removed. Names are stable codes. */
public enum RegistrationRefusal {
    REG_NOT_ALLOWED,
    /** Outside the registration window; the detail shows its days. */
    REG_WINDOW_CLOSED,
    REG_SCHOOL_NOT_IN_PLAN,
    /** The plan registers by subject: another template. */
    REG_MODE_BY_SUBJECT,
    /** The plan registers by certificate: another template. */
    REG_MODE_BY_CERTIFICATE,
    /** The level's candidates sit different subjects: to be registered by subject. */
    REG_LEVEL_BY_SUBJECT,
    REG_LEVEL_UNKNOWN,
    REG_LEVEL_WITHOUT_SUBJECTS,
    /** The school's provincial department has not approved the certificate for the plan's year. */
    REG_CERTIFICATE_NOT_APPROVED,
    /** The certificate has no such subject. */
    REG_SUBJECT_UNKNOWN,
    /** Some subject is for a named type only: the candidate's type must be given. */
    REG_TARGET_TYPE_MISSING,
    /** No subject of the certificate is for this type; the detail names those there are. */
    REG_TARGET_TYPE_UNKNOWN,
    /** The subject is for another type of candidates. */
    REG_TARGET_TYPE_DIFFERS,
    /** The candidate is registered for the certificate under another type. */
    REG_TARGET_TYPE_CHANGED,
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
    /** Registered for this certificate level, or this subject, already. */
    REG_ALREADY,
    /** To be removed, but there is no such registration. */
    REG_UNKNOWN,
    /** Seated: to be removed only after the arrangement was taken back. */
    REG_ARRANGED,
    /** On a fee request that is not confirmed: the request is to be removed first. */
    REG_REQUESTED,
    /** Paid: never removed. */
    REG_PAID
}
