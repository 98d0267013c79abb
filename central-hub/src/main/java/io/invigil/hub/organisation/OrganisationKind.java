package io.invigil.hub.organisation;

/** What an organisation is (domain, section 1). */
public enum OrganisationKind {
    /** Certification body, 培训评价组织. */
    BODY,
    /** Pilot school, 试点院校; owns candidates, sites, rooms. */
    SCHOOL,
    /** Exam authority, 考试院: reads everything. */
    AUTHORITY,
    /** Provincial education department, 省级教育行政部门: weekly reports, yearly approval. */
    PROVINCE,
    /** Study-support unit, 助学单位: checks class data, helps with attendance; never reports. */
    UNIT,
    /** College of a host school, 学院: corrects class data and bindings, reviews sittings. */
    COLLEGE
}
