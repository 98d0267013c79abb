package io.invigil.hub.organisation;

/** What numbers are handed out for, per tenant. Names stand in the database. */
public enum NumberSeries {
    ORGANISATION,
    PLAN,
    LEVEL,
    SUBJECT,
    SLOT,
    CANDIDATE,
    SITE,
    ROOM,
    REGISTRATION,
    SITTING,
    IMPORT_RECORD,
    ARRANGEMENT_RUN,
    PAPER,
    CERTIFICATE,
    FEE_REQUEST,
    BAN,
    REPORT,
    PROCTOR,
    PROCTOR_ASSIGNMENT,
    TEACHER,
    TEACHING_CLASS,
    CLASS_COURSE,
    CLASS_SESSION,
    CANDIDATE_REQUEST,
    CANDIDATE_NOTICE,
    DECLARATION,
    BORROWING
}
