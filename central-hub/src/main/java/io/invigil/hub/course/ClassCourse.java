package io.invigil.hub.course;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SubjectId;

/**
 * A course of a class (班级课程): a subject of the class's plan.
 *
 * @param teachingClass number of the class
 */
public record ClassCourse(TenantId tenant, long id, long teachingClass, SubjectId subject) {}
