package io.invigil.hub.importjob;

import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.organisation.StaffScope;

/**
 * Who imports what into what.
 *
 * @param plan number of the plan that the rows are for; 0 for none
 * @param level number of the plan's certificate level; 0 for none
 */
public record ImportOrder(StaffScope scope, ImportKind kind, long plan, long level) {

    /** An import that belongs to no plan. */
    public static ImportOrder of(StaffScope scope, ImportKind kind) {
        return new ImportOrder(scope, kind, 0, 0);
    }
}
