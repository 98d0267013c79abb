package io.invigil.hub.declaration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Window;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The years in which departments want declarations, and when. Thread-safe. */
public final class DeclarationYears {
    /** A year may be opened before it begins, and for as long as it lasts. */
    public static final int YEARS_AHEAD_MAX = 1;

    private final Clock clock;
    private final ZoneId zone;
    private final DeclarationStore store = new DeclarationStore();
    private final Organisations organisations = new Organisations();
    private final Audit audit = new Audit();

    /**
     * @param zone in which days and years begin
     */
    public DeclarationYears(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    int current() {
        return LocalDate.ofInstant(clock.instant(), zone).getYear();
    }

    ZoneId zone() {
        return zone;
    }

    /** What the school's department has opened for the year. */
    public Optional<DeclarationYear> of(Tx tx, Organisation school, int year) {
        Optional<OrganisationId> province =
                organisations.provinces(tx, school.tenant()).of(school).map(Organisation::id);
        return province.flatMap(
                one ->
                        store.years(tx, school.tenant()).stream()
                                .filter(y -> y.year() == year && y.province().equals(one))
                                .findFirst());
    }

    /** Opened years that concern the member of staff, newest first. */
    public List<DeclarationYear> visible(Tx tx, StaffScope scope) {
        Optional<OrganisationId> only =
                switch (scope.role()) {
                    case PROVINCE_STAFF -> Optional.of(scope.organisation().id());
                    case SCHOOL_CLERK, TEACHER, UNIT_STAFF, COLLEGE_STAFF ->
                            organisations
                                    .provinces(tx, scope.tenant())
                                    .of(scope.organisation())
                                    .map(Organisation::id);
                    case BODY_STAFF, AUTHORITY_READER -> Optional.empty();
                    case BODY_ADMIN,
                            SCHOOL_ADMIN,
                            AUTHORITY_ADMIN,
                            PROVINCE_ADMIN,
                            UNIT_ADMIN,
                            COLLEGE_ADMIN ->
                            Optional.empty();
                };
        boolean all =
                scope.role() == StaffRole.BODY_STAFF || scope.role() == StaffRole.AUTHORITY_READER;
        return years(tx, scope.tenant()).stream()
                .filter(year -> all || only.filter(year.province()::equals).isPresent())
                .toList();
    }

    private List<DeclarationYear> years(Tx tx, TenantId tenant) {
        return store.years(tx, tenant);
    }

    /**
     * Opens a year, or gives it other days; from then on plans of that year need approval.
     *
     * @return what is wrong; empty when it was done
     */
    public List<FieldIssue> open(
            Tx tx,
            StaffScope scope,
            int year,
            Optional<LocalDate> first,
            Optional<LocalDate> last) {
        if (scope.role() != StaffRole.PROVINCE_STAFF) {
            return List.of(FieldIssue.of("", DeclarationRefusal.DECLARATION_NOT_ALLOWED));
        }
        List<FieldIssue> issues = new ArrayList<>();
        int now = current();
        if (year < now || year > now + YEARS_AHEAD_MAX) {
            String range = now + " – " + (now + YEARS_AHEAD_MAX);
            issues.add(FieldIssue.of("year", DeclarationRefusal.DECLARATION_YEAR_RANGE, range));
        }
        if (first.isEmpty() || last.isEmpty()) {
            issues.add(FieldIssue.of("first", DeclarationRefusal.DECLARATION_DAYS_MISSING));
        } else if (last.get().isBefore(first.get())) {
            issues.add(FieldIssue.of("last", DeclarationRefusal.DECLARATION_DAYS_REVERSED));
        }
        if (!issues.isEmpty()) {
            return issues;
        }
        OrganisationId province = scope.organisation().id();
        Optional<DeclarationYear> before =
                years(tx, scope.tenant()).stream()
                        .filter(one -> one.year() == year && one.province().equals(province))
                        .findFirst();
        DeclarationYear opened =
                new DeclarationYear(
                        scope.tenant(),
                        province,
                        year,
                        Window.ofDays(first.get(), last.get(), zone));
        store.open(tx, opened);
        String key = province + "/" + year;
        before.ifPresentOrElse(
                old -> audit.changed(tx, scope.actor(), "declaration-year", key, old, opened),
                () -> audit.created(tx, scope.actor(), "declaration-year", key, opened));
        return issues;
    }
}
