package io.invigil.hub.organisation;

/** What a member of staff does for the organisation (domain, section 1). */
public enum StaffRole {
    /** Certification body: plans, approvals, arrangement, scores. */
    BODY_STAFF,
    /** Pilot school: its own candidates, sites, rooms, registrations. */
    SCHOOL_CLERK,
    /** Exam authority: reads everything, changes nothing. */
    AUTHORITY_READER
}
