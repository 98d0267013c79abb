package io.invigil.hub.course;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Correcting what a class is called and who looks after it (domain, section 1: college staff
 * correct class data): the school, or the college of the class. A correction opens the unit's check
 * again. Thread-safe.
 */
public final class ClassData {
    private final Classes classes;
    private final ClassKeepers keepers = new ClassKeepers();
    private final ClassStore store = new ClassStore();
    private final Audit audit = new Audit();

    public ClassData(Classes classes) {
        this.classes = classes;
    }

    /**
     * The corrected data; the plan stays, courses and sessions hang on it.
     *
     * @param unit 0 when the school looks after the class itself
     */
    public record Draft(String name, String batch, long unit) {}

    /** The class as it is, which nobody else corrects until the transaction ends. */
    TeachingClass lock(Tx tx, TeachingClass one) {
        store.lock(tx, one.tenant(), one.id());
        return store.find(tx, one.tenant(), one.id()).orElse(one);
    }

    /** Corrects the class's data. */
    public CourseDecision change(Tx tx, StaffScope scope, TeachingClass one, Draft draft) {
        if (!classes.mayCorrect(scope, one)) {
            return CourseDecision.refused("", CourseRefusal.COURSE_NOT_ALLOWED);
        }
        String name = draft.name().strip();
        String batch = draft.batch().strip();
        List<FieldIssue> issues = new ArrayList<>();
        if (name.isEmpty() || name.length() > Classes.NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", CourseRefusal.CLASS_NAME));
        } else if (store.isNamed(tx, one, name)) {
            issues.add(FieldIssue.of("name", CourseRefusal.CLASS_NAME_TAKEN));
        }
        if (batch.isEmpty() || batch.length() > Classes.BATCH_CHARS_MAX) {
            issues.add(FieldIssue.of("batch", CourseRefusal.CLASS_BATCH));
        }
        if (!keepers.isUnit(tx, scope, draft.unit())) {
            issues.add(FieldIssue.of("unit", CourseRefusal.CLASS_UNIT_UNKNOWN));
        }
        if (!issues.isEmpty()) {
            return new CourseDecision.Refused(issues);
        }
        TeachingClass changed = one.corrected(name, batch, ClassKeepers.of(draft.unit()));
        store.correct(tx, changed);
        store.check(tx, changed);
        audit.changed(tx, scope.actor(), "class", one.id(), one, changed);
        return new CourseDecision.Saved(one.id());
    }
}
