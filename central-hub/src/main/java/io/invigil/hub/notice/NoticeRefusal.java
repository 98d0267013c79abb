package io.invigil.hub.notice;

/** Why a notice is not sent. Names are stable codes of texts. */
public enum NoticeRefusal {
    NOTICE_TITLE,
    NOTICE_BODY,
    NOTICE_AUDIENCE,
    NOTICE_PLAN,
    /** The detail names the numbers. */
    NOTICE_NUMBERS_UNKNOWN,
    NOTICE_NOBODY,
    NOTICE_TOO_MANY
}
