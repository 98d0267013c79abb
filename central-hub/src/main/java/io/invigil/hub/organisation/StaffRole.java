package io.invigil.hub.organisation;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a member of staff does for the organisation (domain, section 1). */
public enum StaffRole {
    /** Certification body: plans, approvals, arrangement, scores. */
    BODY_STAFF("body-staff", OrganisationKind.BODY),
    /** Pilot school: its own candidates, sites, rooms, registrations. */
    SCHOOL_CLERK("school-clerk", OrganisationKind.SCHOOL),
    /** Exam authority: reads everything; reviews above school and body, and enters bans. */
    AUTHORITY_READER("authority-reader", OrganisationKind.AUTHORITY),
    /** Provincial education department: reviews reports; sees no candidates. */
    PROVINCE_STAFF("province-staff", OrganisationKind.PROVINCE),
    /** Teacher of a school: only the class courses assigned (任课教师). */
    TEACHER("teacher", OrganisationKind.SCHOOL),
    /** Study-support unit: the classes entrusted to it (助学单位管理人员). */
    UNIT_STAFF("unit-staff", OrganisationKind.UNIT);

    private final String code;
    private final OrganisationKind kind;

    StaffRole(String code, OrganisationKind kind) {
        this.code = code;
        this.kind = kind;
    }

    /** Roles that take part in exams; pages are theirs unless they name others. */
    public static StaffRole[] ofExams() {
        return new StaffRole[] {BODY_STAFF, SCHOOL_CLERK, AUTHORITY_READER};
    }

    /** The role's name in staff accounts and route rules. */
    public String code() {
        return code;
    }

    /** What organisations have such staff. */
    public OrganisationKind kind() {
        return kind;
    }

    /** The role that fits the kind of organisation, among an account's roles. */
    static Optional<StaffRole> among(Set<String> codes, OrganisationKind kind) {
        return Arrays.stream(values())
                .filter(role -> role.kind == kind && codes.contains(role.code))
                .findFirst();
    }
}
