package io.invigil.hub.course;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of a change of teachers, classes or courses. */
public sealed interface CourseDecision {

    /**
     * @param id of what was saved
     */
    record Saved(long id) implements CourseDecision {}

    record Refused(List<FieldIssue> issues) implements CourseDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    static Refused refused(String field, Enum<?> code) {
        return refused(field, code, "");
    }

    static Refused refused(String field, Enum<?> code, String detail) {
        return new Refused(List.of(FieldIssue.of(field, code, detail)));
    }
}
