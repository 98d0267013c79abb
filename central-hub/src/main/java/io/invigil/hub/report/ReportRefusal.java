package io.invigil.hub.report;

/** Why a report is not taken. Names are stable codes. */
public enum ReportRefusal {
    REPORT_NOT_ALLOWED,
    /** 本周周报已提交，请勿重复提交. */
    REPORT_EXISTS,
    /** 提交时间已过，该周报目前不能提交，谢谢. */
    REPORT_TOO_LATE,
    /** It is under review or approved. */
    REPORT_NOT_EDITABLE,
    REPORT_NOT_PENDING,
    REPORT_CHANGED_MEANWHILE,
    REPORT_TEXT_MISSING,
    REPORT_TEXT_TOO_LONG,
    REPORT_SCHOOL_TYPE_MISSING,
    REPORT_REASON_MISSING,
    REPORT_FILE_KIND,
    REPORT_FILES_TOO_MANY,
    REPORT_RHYTHM_IN_THE_PAST
}
