package io.invigil.hub.candidate;

/** Why a candidate's row or form is not taken, besides {@link IdNumber.Fault}. Stable codes. */
public enum CandidateIssue {
    /** The candidate's school is another than the member of staff works for. */
    CANDIDATE_NOT_ALLOWED,
    CELL_REQUIRED,
    CELL_FORMULA,
    CELL_ERROR,
    CELL_TOO_LONG,
    CELL_CONTROL_CHARACTERS,
    /** A number cell keeps 15 digits only: the last three of an ID number are lost. */
    ID_NUMERIC_CELL,
    MOBILE_MALFORMED,
    MAIL_MALFORMED,
    PINYIN_MALFORMED,
    YEAR_MALFORMED,
    /** The same ID number stands in an earlier row; the detail names it. */
    DUPLICATE_IN_FILE,
    /** Known with other data: changing is another import. */
    CANDIDATE_EXISTS_DIFFERENT,
    CANDIDATE_OF_OTHER_SCHOOL,
    /** To be changed, but not known. */
    CANDIDATE_UNKNOWN,
    /** Somebody else changed it since the form was filled. */
    CANDIDATE_CHANGED_MEANWHILE,
    /** Registered: the number stands in tickets and packages. */
    CANDIDATE_ID_IN_USE
}
