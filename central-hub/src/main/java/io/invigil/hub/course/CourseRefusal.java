package io.invigil.hub.course;

/** Why a teacher, a class or a course is not taken. Names are stable codes. */
public enum CourseRefusal {
    COURSE_NOT_ALLOWED,
    TEACHER_NAME,
    TEACHER_ID_NUMBER,
    TEACHER_COLLEGE,
    TEACHER_MOBILE,
    TEACHER_TAKEN,
    TEACHER_TEXT_TOO_LONG,
    TEACHER_UNKNOWN,
    CLASS_NAME,
    CLASS_NAME_TAKEN,
    CLASS_BATCH,
    CLASS_PLAN_UNKNOWN,
    CLASS_UNIT_UNKNOWN,
    CLASS_STUDENTS_UNKNOWN,
    CLASS_STUDENTS_MISSING,
    CLASS_FULL,
    CLASS_SUBJECT_UNKNOWN,
    CLASS_STATEMENT_MISSING
}
