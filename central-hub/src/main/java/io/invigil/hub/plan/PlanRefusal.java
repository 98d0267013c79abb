package io.invigil.hub.plan;

/** Why a plan or a part of it is not taken. Names are stable codes. */
public enum PlanRefusal {
    /** The staff member may not run this body's plans. */
    PLAN_CHANGED_MEANWHILE,
    PLAN_NOT_ALLOWED,
    PLAN_NUMBER_MALFORMED,
    PLAN_NUMBER_TAKEN,
    PLAN_NAME_MISSING,
    PLAN_TEXT_TOO_LONG,
    PLAN_DATE_MISSING,
    /** The last day is before the first. */
    PLAN_WINDOW_REVERSED,
    /** A stage begins before the stage it follows. */
    PLAN_WINDOWS_ORDER,
    /** A slot that was entered would lie outside the exam window. */
    PLAN_SLOTS_OUTSIDE,
    PLAN_MINUTES_RANGE,
    PLAN_RECHECK_RANGE,
    PLAN_ATTEMPTS_RANGE,
    PLAN_SCHOOL_UNKNOWN,
    /** A school with registrations cannot leave the plan. */
    PLAN_SCHOOL_REGISTERED,
    /** With registrations the registration mode does not change. */
    PLAN_MODE_FIXED,
    LEVEL_NUMBER_MALFORMED,
    LEVEL_NAME_MISSING,
    LEVEL_TAKEN,
    LEVEL_UNKNOWN,
    LEVEL_LIMIT,
    /** A weighted total needs its pass mark. */
    LEVEL_TOTAL_MISSING,
    SUBJECT_NUMBER_MALFORMED,
    SUBJECT_NUMBER_TAKEN,
    SUBJECT_NAME_MISSING,
    SUBJECT_MINUTES_RANGE,
    SUBJECT_MARKS_RANGE,
    SUBJECT_WEIGHT_RANGE,
    SUBJECT_UNKNOWN,
    SUBJECT_LIMIT,
    SLOT_TIME_MISSING,
    SLOT_REVERSED,
    /** The slot must lie inside the exam window; the detail shows the window. */
    SLOT_OUTSIDE_EXAM_WINDOW,
    /** Shorter than a subject that is sat in it. */
    SLOT_TOO_SHORT,
    SLOT_SUBJECTS_MISSING,
    SLOT_TAKEN,
    SLOT_LIMIT,
    /** Registrations exist: what candidates registered for does not change. */
    PLAN_HAS_REGISTRATIONS,
    /** Seats are arranged in it. */
    SLOT_IN_USE
}
