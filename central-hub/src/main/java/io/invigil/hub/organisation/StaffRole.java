package io.invigil.hub.organisation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a member of staff does for the organisation (domain, section 1). Each kind of organisation
 * has people of daily work and administrators, who keep its accounts and nothing of exams; one
 * person may be both.
 */
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
    UNIT_STAFF("unit-staff", OrganisationKind.UNIT),
    /** College of a school: the classes of the college (学院教学管理人员). */
    COLLEGE_STAFF("college-staff", OrganisationKind.COLLEGE),
    /** Body: accounts of everything that is no body, organisations, who needs a second factor. */
    BODY_ADMIN("body-admin", OrganisationKind.BODY),
    /** School: the accounts of the own school and its colleges, and the colleges themselves. */
    SCHOOL_ADMIN("school-admin", OrganisationKind.SCHOOL),
    /** Exam authority: its own accounts. */
    AUTHORITY_ADMIN("authority-admin", OrganisationKind.AUTHORITY),
    /** Provincial education department: its own accounts. */
    PROVINCE_ADMIN("province-admin", OrganisationKind.PROVINCE),
    /** Study-support unit: its own accounts. */
    UNIT_ADMIN("unit-admin", OrganisationKind.UNIT),
    /** College of a school: its own accounts. */
    COLLEGE_ADMIN("college-admin", OrganisationKind.COLLEGE);

    private static final Set<StaffRole> ADMINISTRATORS =
            EnumSet.of(
                    BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN);

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

    /** Roles that keep accounts. */
    public static StaffRole[] administrators() {
        return ADMINISTRATORS.toArray(StaffRole[]::new);
    }

    /** Who does the daily work of such an organisation. */
    public static StaffRole clerkOf(OrganisationKind kind) {
        return of(kind, false);
    }

    /** Who keeps the accounts of such an organisation. */
    public static StaffRole administratorOf(OrganisationKind kind) {
        return of(kind, true);
    }

    private static StaffRole of(OrganisationKind kind, boolean administers) {
        return Arrays.stream(values())
                .filter(role -> role.kind == kind && role.administers() == administers)
                .findFirst()
                .orElseThrow();
    }

    /** The role's name in staff accounts and route rules. */
    public String code() {
        return code;
    }

    /** What organisations have such staff. */
    public OrganisationKind kind() {
        return kind;
    }

    /** Whether it keeps accounts. */
    public boolean administers() {
        return ADMINISTRATORS.contains(this);
    }

    /** The roles that fit the kind of organisation, among an account's roles. */
    static List<StaffRole> among(Set<String> codes, OrganisationKind kind) {
        return Arrays.stream(values())
                .filter(role -> role.kind == kind && codes.contains(role.code))
                .toList();
    }
}
