package io.invigil.hub.review;

import io.invigil.hub.organisation.StaffRole;

/**
 * Who reviews, from below to above (S0, section Ⅲ: 任课老师、机构管理员、学院管理员、考试院). Any level may pass or
 * reject what nobody above it decided; a higher one may overrule (ours).
 */
public enum ReviewLevel {
    /** The school, its teachers with it, about its own candidates. */
    SCHOOL,
    /** The body that runs the plan: the host school's college. */
    BODY,
    AUTHORITY;

    static ReviewLevel of(StaffRole role) {
        return role == StaffRole.AUTHORITY_READER
                ? AUTHORITY
                : role == StaffRole.BODY_STAFF ? BODY : SCHOOL;
    }

    boolean mayOverrule(ReviewLevel other) {
        return compareTo(other) >= 0;
    }
}
