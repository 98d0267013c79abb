package io.invigil.hub.importjob;

/** Why a job, or a row in it, came to nothing. Names are stable codes. */
public enum ImportIssue {
    /** The row could not be taken for a reason that the hub's log tells. */
    IMPORT_ROW_BROKEN,
    /** The job could not be brought to its end; what it took stays. */
    IMPORT_BROKEN
}
