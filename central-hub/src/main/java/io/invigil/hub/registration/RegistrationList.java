package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The list of registered subjects of a plan (报考管理), within the member's scope. Stateless. */
public final class RegistrationList {
    private final RegistrationListStore store = new RegistrationListStore();

    /** A page of the list, by registration and subject. */
    public List<RegistrationRow> rows(
            Tx tx,
            StaffScope scope,
            Plan plan,
            RegistrationFilter filter,
            Instant now,
            int offset,
            int limit) {
        return store.rows(tx, plan, narrowed(scope, filter), now, offset, limit);
    }

    /** The rows after one, by sitting: for exports. */
    public List<RegistrationRow> after(
            Tx tx,
            StaffScope scope,
            Plan plan,
            RegistrationFilter filter,
            Instant now,
            Optional<RegistrationRow> last,
            int limit) {
        long after = last.map(row -> row.sitting().value()).orElse(0L);
        return store.after(tx, plan, narrowed(scope, filter), now, after, limit);
    }

    public long count(Tx tx, StaffScope scope, Plan plan, RegistrationFilter filter, Instant now) {
        return store.count(tx, plan, narrowed(scope, filter), now);
    }

    private static RegistrationFilter narrowed(StaffScope scope, RegistrationFilter filter) {
        return new RegistrationFilter(
                filter.text(),
                scope.onlySchool().or(filter::school),
                filter.level(),
                filter.subject(),
                filter.state(),
                filter.payment(),
                filter.only());
    }
}
