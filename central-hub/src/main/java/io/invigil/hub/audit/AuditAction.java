package io.invigil.hub.audit;

/** What was done. Names stand in the database and in exports. */
public enum AuditAction {
    CREATED,
    CHANGED,
    DELETED,
    /** Somebody was shown it; recorded for scores. */
    READ,
    /** Somebody took it away as a file; recorded for scores. */
    EXPORTED,
    /** A login, a logout, a refused login, an ended session. */
    ACCESS
}
