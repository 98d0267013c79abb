package io.invigil.hub.course;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffScope;
import java.util.Optional;

/**
 * Who may look after a school's class: study-support units, and the school's own colleges. Number 0
 * is nobody but the school itself. Thread-safe.
 */
final class ClassKeepers {
    private final Organisations organisations = new Organisations();

    /** Whether it is a unit, or nobody. */
    boolean isUnit(Tx tx, StaffScope scope, long number) {
        return number == 0
                || organisations.ofKind(tx, scope.tenant(), OrganisationKind.UNIT).stream()
                        .anyMatch(one -> one.id().value() == number);
    }

    /** Whether it is a college of the own school, or nobody. */
    boolean isCollege(Tx tx, StaffScope scope, long number) {
        return number == 0
                || organisations.colleges(tx, scope.tenant(), scope.organisation().id()).stream()
                        .anyMatch(one -> one.id().value() == number);
    }

    static Optional<OrganisationId> of(long number) {
        return number == 0 ? Optional.empty() : Optional.of(new OrganisationId(number));
    }
}
