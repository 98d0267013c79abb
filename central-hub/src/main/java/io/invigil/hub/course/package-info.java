/**
 * Teachers, classes, their courses and students (domain, sections 8 and 9; S0 sections 1 and 3).
 * College staff enter them; the study-support unit checks a class (信息核查: confirmed, or an error
 * reported to college staff) and assigns teachers (分配任课老师); a teacher sees the assigned class
 * courses and no others.
 */
package io.invigil.hub.course;
