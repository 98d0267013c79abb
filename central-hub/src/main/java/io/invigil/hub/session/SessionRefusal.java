package io.invigil.hub.session;

/** Why a session is not taken, or a check-in is refused. Names are stable codes. */
public enum SessionRefusal {
    SESSION_NOT_ALLOWED,
    SESSION_TIME_MISSING,
    SESSION_TIME_ORDER,
    SESSION_OVER,
    SESSION_HOURS,
    SESSION_OVERLAPS,
    /** 综合测试一门课程仅一次考试机会. */
    SESSION_TEST_TWICE,
    /** 可在该条记录为结课状态后将对应面授学时修改为 0. */
    SESSION_NOT_OVER,
    SESSION_STUDENT_UNKNOWN,
    SESSION_REASON_MISSING,
    PHONE_CODE_WRONG,
    PHONE_CODE_EXPIRED,
    PHONE_NUMBER_WRONG,
    PHONE_TOO_OFTEN,
    PHONE_NOT_OPEN,
    PHONE_CHECK_IN_OVER,
    PHONE_LEAVE_NOT_OPEN,
    PHONE_LEAVE_OVER,
    PHONE_NOT_CHECKED_IN,
    PHONE_OTHER,
    PHONE_TAKEN
}
