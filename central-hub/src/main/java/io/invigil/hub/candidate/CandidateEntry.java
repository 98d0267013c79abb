package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.RecordVersion;
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
import java.util.Optional;

/**
 * Entry and correction of a single candidate: the same checks as a row of the import. Thread-safe.
 */
public final class CandidateEntry {
    /** Name of the form's field to column of the sheet. */
    public static final Map<String, String> FIELDS = fields();

    private final Clock clock;
    private final CandidateUse use;
    private final CandidateStore store = new CandidateStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();
    private final ImportRecords records = new ImportRecords();

    /**
     * @param use asked before an ID number is corrected
     */
    public CandidateEntry(Clock clock, CandidateUse use) {
        this.clock = clock;
        this.use = use;
    }

    /** What became of the entry. */
    public sealed interface Outcome {
        record Added(CandidateId candidate) implements Outcome {}

        record Changed(CandidateId candidate) implements Outcome {}

        /** Somebody else changed the candidate since the form was filled. */
        record Meanwhile(Candidate now) implements Outcome {}

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
        fields.put("mail", CandidateColumns.MAIL);
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
        CandidateRow row = read(values);
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

    /** The candidate as the form shows it. */
    static Entered form(Candidate one) {
        return new Entered.Builder()
                .with("name", one.name())
                .with("pinyin", one.pinyin())
                .with("idNumber", one.idNumber())
                .with("mobile", one.mobile())
                .with("major", one.major())
                .with("programmeLevel", one.programmeLevel())
                .with(
                        "enrolmentYear",
                        one.enrolmentYear() == 0 ? "" : Integer.toString(one.enrolmentYear()))
                .with("type", one.type())
                .with("mail", one.mail())
                .build();
    }

    private static CandidateRow read(Map<String, String> values) {
        Map<String, SheetCell> cells = new HashMap<>();
        values.forEach(
                (column, text) ->
                        cells.put(
                                column,
                                text.isBlank()
                                        ? SheetCell.BLANK
                                        : new SheetCell(SheetCell.Kind.TEXT, text.strip())));
        return CandidateRow.read(new SheetRow(1, cells), CandidateImport.Mode.ADD);
    }

    /**
     * Corrects a candidate of the member's own school. An ID number can be corrected while the
     * candidate is registered for nothing.
     *
     * @param id of a candidate that is there
     * @param values by column of the sheet
     * @param version of the fields ({@link #form}) that the page was filled with, see {@link
     *     RecordVersion}
     */
    public Outcome change(
            Tx tx, StaffScope scope, CandidateId id, Map<String, String> values, String version) {
        records.await(tx, scope.tenant());
        store.lock(tx, scope.tenant(), id);
        Candidate now = store.find(tx, scope.tenant(), id).orElseThrow();
        if (!scope.mayChange(now.school())) {
            return new Outcome.Refused(
                    List.of(FieldIssue.of("", CandidateIssue.CANDIDATE_NOT_ALLOWED)));
        }
        if (!RecordVersion.of(form(now).fields()).equals(version)) {
            return new Outcome.Meanwhile(now);
        }
        CandidateRow row = read(values);
        List<RowIssue> issues = new ArrayList<>(row.issues());
        row.idNumber()
                .filter(number -> !number.value().equals(now.idNumber()))
                .ifPresent(number -> idIssue(tx, now, number, row).ifPresent(issues::add));
        if (!issues.isEmpty()) {
            return new Outcome.Refused(issues.stream().map(CandidateEntry::named).toList());
        }
        Candidate wanted = row.instead(now);
        if (!wanted.idNumber().equals(now.idNumber())) {
            store.correctIdNumber(tx, wanted);
        }
        store.change(tx, List.of(wanted));
        audit.changed(tx, scope.actor(), "candidate", id, now, wanted);
        return new Outcome.Changed(id);
    }

    private Optional<RowIssue> idIssue(Tx tx, Candidate now, IdNumber number, CandidateRow row) {
        if (use.isRegistered(tx, now)) {
            return Optional.of(row.issue(CandidateIssue.CANDIDATE_ID_IN_USE, ""));
        }
        return store.byIdNumbers(tx, now.tenant(), List.of(number.value())).isEmpty()
                ? Optional.empty()
                : Optional.of(row.issue(CandidateIssue.CANDIDATE_EXISTS_DIFFERENT, ""));
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
