package io.invigil.hub.review;

import io.invigil.hub.organisation.StaffRole;

/**
 * Who reviews, from below to above (S0, section Ⅲ: 任课老师、机构管理员、学院管理员、考试院). Any level may pass or
 * reject what nobody above it decided; a higher one may overrule (ours). Teachers, units and
 * colleges review what their own classes sat.
 */
public enum ReviewLevel {
    /** A teacher of the course, about the class. */
    TEACHER,
    /** The school about its own candidates, a unit about the classes entrusted to it. */
    SCHOOL,
    /** The host school's college about its own classes (学院管理员). */
    COLLEGE,
    /** The body that runs the plan. */
    BODY,
    AUTHORITY;

    static ReviewLevel of(StaffRole role) {
        return switch (role) {
            case TEACHER -> TEACHER;
            case SCHOOL_CLERK, UNIT_STAFF, PROVINCE_STAFF -> SCHOOL;
            case BODY_STAFF -> BODY;
            case COLLEGE_STAFF -> COLLEGE;
            case AUTHORITY_READER -> AUTHORITY;
            case BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN ->
                    throw new IllegalArgumentException(role + " reviews nothing");
        };
    }

    boolean mayOverrule(ReviewLevel other) {
        return compareTo(other) >= 0;
    }
}
