package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetRow;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entry of a single candidate: the same checks as a row of the import. Thread-safe. */
public final class CandidateEntry {
    /** Name of the form's field to column of the sheet. */
    public static final Map<String, String> FIELDS = fields();

    private final Clock clock;
    private final CandidateStore store = new CandidateStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();
    private final ImportRecords records = new ImportRecords();

    public CandidateEntry(Clock clock) {
        this.clock = clock;
    }

    /** What became of the entry. */
    public sealed interface Outcome {
        record Added(CandidateId candidate) implements Outcome {}

        record Refused(List<FieldIssue> issues) implements Outcome {
            public Refused {
                issues = List.copyOf(issues);
            }
        }
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", CandidateColumns.NAME);
        fields.put("pinyin", CandidateColumns.PINYIN);
        fields.put("idNumber", CandidateColumns.ID_NUMBER);
        fields.put("mobile", CandidateColumns.MOBILE);
        fields.put("major", CandidateColumns.MAJOR);
        fields.put("programmeLevel", CandidateColumns.PROGRAMME_LEVEL);
        fields.put("enrolmentYear", CandidateColumns.ENROLMENT_YEAR);
        fields.put("type", CandidateColumns.TYPE);
        return java.util.Collections.unmodifiableMap(fields);
    }

    /**
     * Adds a candidate to the member's own school.
     *
     * @param values by column of the sheet
     */
    public Outcome add(Tx tx, StaffScope scope, Map<String, String> values) {
        if (!scope.mayChange(scope.organisation().id())) {
            return new Outcome.Refused(
                    List.of(FieldIssue.of("", CandidateIssue.CANDIDATE_NOT_ALLOWED)));
        }
        Map<String, SheetCell> cells = new HashMap<>();
        values.forEach(
                (column, text) ->
                        cells.put(
                                column,
                                text.isBlank()
                                        ? SheetCell.BLANK
                                        : new SheetCell(SheetCell.Kind.TEXT, text.strip())));
        CandidateRow row = CandidateRow.read(new SheetRow(1, cells), CandidateImport.Mode.ADD);
        List<RowIssue> issues = new ArrayList<>(row.issues());
        // waits for imports of the tenant, so that the same candidate does not arrive twice
        records.begin(tx, scope.tenant());
        row.idNumber()
                .map(id -> store.byIdNumbers(tx, scope.tenant(), List.of(id.value())))
                .filter(found -> !found.isEmpty())
                .ifPresent(
                        found ->
                                issues.add(
                                        row.issue(CandidateIssue.CANDIDATE_EXISTS_DIFFERENT, "")));
        if (!issues.isEmpty()) {
            return new Outcome.Refused(issues.stream().map(CandidateEntry::named).toList());
        }
        CandidateId id =
                new CandidateId(numbers.take(tx, scope.tenant(), NumberSeries.CANDIDATE, 1));
        int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
        Candidate added = row.candidate(scope.tenant(), scope.organisation().id());
        Candidate numbered = CandidateRow.numbered(added, id, year);
        store.add(tx, List.of(numbered));
        audit.created(tx, scope.actor(), "candidate", id, numbered);
        return new Outcome.Added(id);
    }

    private static FieldIssue named(RowIssue issue) {
        String field =
                FIELDS.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(issue.column()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("");
        return new FieldIssue(field, issue.code(), issue.detail());
    }
}
