package io.invigil.hub.intake;

/** What an import brought. Names stand in the database. */
public enum ImportKind {
    CANDIDATES_ADDED,
    CANDIDATES_CHANGED,
    PHOTOS,
    REGISTRATIONS,
    REGISTRATIONS_BY_SUBJECT,
    /** Removals; what was removed counts as changed. */
    REGISTRATIONS_REMOVED,
    SUBJECTS_REMOVED,
    /** A sheet that says for whom a fee request is. */
    FEES_BY_CERTIFICATE,
    FEES_BY_SUBJECT,
    PROCTORS,
    ROOMS,
    /** Staff accounts; the records are their administrators' only. */
    STAFF
}
