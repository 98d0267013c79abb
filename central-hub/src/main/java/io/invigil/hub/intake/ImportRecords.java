package io.invigil.hub.intake;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Records of imports, written with what they record. Stateless and thread-safe. */
public final class ImportRecords {
    public static final int LISTED_MAX = 200;
    public static final int FAILED_ROWS_MAX = 100_000;

    private static final Comparator<ImportRecord> NEWEST_FIRST =
            Comparator.comparing(ImportRecord::at)
                    .thenComparing(record -> record.id().value())
                    .reversed();

    private final ImportRecordStore store = new ImportRecordStore();
    private final Numbers numbers = new Numbers();

    /**
     * The next record's number. Imports of one tenant wait here for each other until the
     * transaction ends, so that two uploads of one file do not meet.
     */
    public ImportRecordId begin(Tx tx, TenantId tenant) {
        return new ImportRecordId(numbers.take(tx, tenant, NumberSeries.IMPORT_RECORD, 1));
    }

    /** Waits for the tenant's other imports until they end their step, as {@link #begin} does. */
    public void await(Tx tx, TenantId tenant) {
        numbers.lock(tx, tenant, NumberSeries.IMPORT_RECORD);
    }

    /** Adds what one step of an import did to its record, with the rows that failed. */
    public void addStep(
            Tx tx, TenantId tenant, ImportRecordId id, ImportCounts step, List<FailedRow> failed) {
        store.addCounts(tx, tenant, id, step);
        store.addFailed(tx, tenant, id, failed);
    }

    /** Ends an import with a refusal; what earlier steps took stays. */
    public void refuse(Tx tx, TenantId tenant, ImportRecordId id, String code, String detail) {
        store.refuse(tx, tenant, id, code, detail);
    }

    /** Notes what is to be known of an import beside its rows, by a code of a text. */
    public void remark(Tx tx, TenantId tenant, ImportRecordId id, String code) {
        store.remark(tx, tenant, id, code);
    }

    /** Removes a record that says nothing: its file never arrived as a whole. */
    public void forget(Tx tx, TenantId tenant, ImportRecordId id) {
        store.remove(tx, tenant, id);
    }

    public Optional<ImportRecord> find(Tx tx, TenantId tenant, ImportRecordId id) {
        return store.find(tx, tenant, id);
    }

    /** Writes the record and its failed rows. */
    public ImportRecord add(Tx tx, ImportRecord done, List<FailedRow> failed) {
        store.add(tx, done);
        store.addFailed(tx, done.tenant(), done.id(), failed);
        return done;
    }

    /** The record when the member of staff may see it. */
    public Optional<ImportRecord> findVisible(Tx tx, StaffScope scope, ImportRecordId id) {
        return store.find(tx, scope.tenant(), id).filter(record -> isVisible(scope, record));
    }

    /** Accounts are their administrators' business, everything else that of those of exams. */
    private static boolean isVisible(StaffScope scope, ImportRecord record) {
        return record.kind() == ImportKind.STAFF
                ? mayCorrect(scope, record)
                : !scope.role().administers() && scope.sees(record.organisation());
    }

    /** Whether failed rows are shown: who may upload them again, corrected. */
    public static boolean mayCorrect(StaffScope scope, ImportRecord record) {
        return record.kind() == ImportKind.STAFF
                ? scope.administers() && record.organisation().equals(scope.organisation().id())
                : scope.mayChange(record.organisation());
    }

    /** Newest first, at most {@link #LISTED_MAX}. */
    public List<ImportRecord> recent(Tx tx, StaffScope scope) {
        Stream<ImportRecord> ofExams =
                scope.role().administers()
                        ? Stream.empty()
                        : store
                                .recent(tx, scope.tenant(), scope.onlySchool(), false, LISTED_MAX)
                                .stream();
        Optional<OrganisationId> own = Optional.of(scope.organisation().id());
        Stream<ImportRecord> ofStaff =
                scope.administers()
                        ? store.recent(tx, scope.tenant(), own, true, LISTED_MAX).stream()
                        : Stream.empty();
        return Stream.concat(ofExams, ofStaff).sorted(NEWEST_FIRST).limit(LISTED_MAX).toList();
    }

    /** Failed rows in the file's order. */
    public List<FailedRow> failed(Tx tx, ImportRecord record, int max) {
        return store.failed(tx, record.tenant(), record.id(), Math.min(max, FAILED_ROWS_MAX));
    }
}
