package io.invigil.hub.candidate;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.Importer;
import io.invigil.hub.importjob.SheetRun;
import io.invigil.hub.importjob.SheetWork;
import io.invigil.hub.importjob.Taken;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Imports a workbook of candidates of one school (domain, section 3). Sound rows are taken, the
 * others are recorded with their reasons; a file that cannot be read as a whole changes nothing.
 * Rows whose data is known already count as unchanged, so a second upload of a file changes
 * nothing. Thread-safe.
 */
public final class CandidateImport implements Importer {

    /** What the rows are for. */
    public enum Mode {
        /** New candidates; a known one with other data is refused. */
        ADD(ImportKind.CANDIDATES_ADDED),
        /** Known candidates; filled cells of the present columns replace what is stored. */
        CHANGE(ImportKind.CANDIDATES_CHANGED);

        private final ImportKind kind;

        Mode(ImportKind kind) {
            this.kind = kind;
        }

        public ImportKind kind() {
            return kind;
        }
    }

    private final Database database;
    private final Clock clock;
    private final CandidateStore store = new CandidateStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public CandidateImport(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Runs the import for the member's own school.
     *
     * @return the stored record; its refusal tells whether the file was read at all
     * @throws IOException when the disk fails
     * @throws IllegalArgumentException when the scope is not that of a school's clerk; pages refuse
     *     before
     */
    public ImportRecord run(StaffScope scope, ImportFile file, Mode mode) throws IOException {
        return ImportJobs.of(database, clock, file)
                .register(mode.kind(), this)
                .run(ImportOrder.of(scope, mode.kind()), file);
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        if (!order.scope().mayChange(order.scope().organisation().id())) {
            throw new IllegalArgumentException("candidates belong to schools");
        }
        Mode mode = order.kind() == Mode.ADD.kind() ? Mode.ADD : Mode.CHANGE;
        return SheetRun.open(new Work(order.scope(), mode), file.path());
    }

    /** Columns of the template and of the failed rows. */
    public static List<SheetColumn> columns(Mode mode) {
        return mode == Mode.ADD ? CandidateColumns.forAdding() : CandidateColumns.forChanging();
    }

    private static final class Tally {
        private final List<Candidate> added = new ArrayList<>();
        private final List<Candidate> changed = new ArrayList<>();
        private final List<FailedRow> failed = new ArrayList<>();
        private int unchanged;
    }

    /** Rows and what they say by themselves. */
    private record Ahead(List<SheetRow> rows, List<CandidateRow> read) {}

    /** One file. */
    private final class Work implements SheetWork {
        private final StaffScope scope;
        private final Mode mode;
        private final Map<String, Integer> firstRowOf = new HashMap<>();
        private final Queue<Ahead> ahead = new ConcurrentLinkedQueue<>();

        Work(StaffScope scope, Mode mode) {
            this.scope = scope;
            this.mode = mode;
        }

        @Override
        public List<SheetColumn> columns() {
            return CandidateImport.columns(mode);
        }

        @Override
        public void seen(SheetRow row) {
            SheetCell cell = row.cell(CandidateColumns.ID_NUMBER);
            if (cell.kind() == SheetCell.Kind.TEXT
                    && IdNumber.read(cell.text()) instanceof IdNumber.Reading.Valid valid) {
                firstRowOf.putIfAbsent(valid.number().value(), row.number());
            }
        }

        @Override
        public void ahead(List<SheetRow> rows) {
            ahead.add(new Ahead(rows, read(rows)));
        }

        /** What was read ahead of these rows; what belongs to a step rolled back is dropped. */
        private List<CandidateRow> prepared(List<SheetRow> rows) {
            for (Ahead one = ahead.poll(); one != null; one = ahead.poll()) {
                if (one.rows() == rows) {
                    return one.read();
                }
            }
            return read(rows);
        }

        private List<CandidateRow> read(List<SheetRow> rows) {
            return rows.stream().map(row -> CandidateRow.read(row, mode)).toList();
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            List<CandidateRow> read = prepared(rows);
            Map<String, Candidate> known =
                    store.byIdNumbers(
                            tx,
                            scope.tenant(),
                            read.stream()
                                    .flatMap(row -> row.idNumber().stream())
                                    .map(IdNumber::value)
                                    .collect(Collectors.toSet()));
            Tally tally = new Tally();
            for (CandidateRow row : read) {
                judge(row, known, tally);
            }
            List<Candidate> added = numbered(tx, scope, tally.added);
            store.add(tx, added);
            store.change(tx, tally.changed);
            record(tx, scope, added, tally.changed, known);
            return Taken.of(added.size(), tally.changed.size(), tally.unchanged, tally.failed);
        }

        private void judge(CandidateRow row, Map<String, Candidate> known, Tally tally) {
            List<RowIssue> issues = new ArrayList<>(row.issues());
            row.idNumber()
                    .map(id -> firstRowOf.getOrDefault(id.value(), row.number()))
                    .filter(earlier -> earlier != row.number())
                    .ifPresent(
                            earlier ->
                                    issues.add(
                                            row.issue(
                                                    CandidateIssue.DUPLICATE_IN_FILE,
                                                    earlier.toString())));
            Optional<Candidate> before = row.idNumber().map(IdNumber::value).map(known::get);
            if (issues.isEmpty()) {
                decide(row, before, tally).ifPresent(issues::add);
            }
            if (!issues.isEmpty()) {
                tally.failed.add(new FailedRow(row.number(), row.cells(mode), issues));
            }
        }

        private Optional<RowIssue> decide(
                CandidateRow row, Optional<Candidate> before, Tally tally) {
            OrganisationId school = scope.organisation().id();
            if (before.isEmpty()) {
                if (mode == Mode.CHANGE) {
                    return Optional.of(row.issue(CandidateIssue.CANDIDATE_UNKNOWN, ""));
                }
                tally.added.add(row.candidate(scope.tenant(), school));
                return Optional.empty();
            }
            Candidate stored = before.get();
            if (!stored.school().equals(school)) {
                return Optional.of(row.issue(CandidateIssue.CANDIDATE_OF_OTHER_SCHOOL, ""));
            }
            Candidate wanted = row.over(stored);
            if (wanted.equals(stored)) {
                tally.unchanged++;
                return Optional.empty();
            }
            if (mode == Mode.ADD) {
                return Optional.of(row.issue(CandidateIssue.CANDIDATE_EXISTS_DIFFERENT, ""));
            }
            tally.changed.add(wanted);
            return Optional.empty();
        }
    }

    private void record(
            Tx tx,
            StaffScope scope,
            List<Candidate> added,
            List<Candidate> changed,
            Map<String, Candidate> known) {
        List<Audit.Change> changes = new ArrayList<>(added.size() + changed.size());
        added.forEach(one -> changes.add(Audit.Change.created("candidate", one.id(), one)));
        changed.forEach(
                one ->
                        changes.add(
                                Audit.Change.changed(
                                        "candidate", one.id(), known.get(one.idNumber()), one)));
        audit.all(tx, scope.actor(), changes);
    }

    private List<Candidate> numbered(Tx tx, StaffScope scope, List<Candidate> added) {
        if (added.isEmpty()) {
            return added;
        }
        long first = numbers.take(tx, scope.tenant(), NumberSeries.CANDIDATE, added.size());
        int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
        List<Candidate> numbered = new ArrayList<>();
        for (int at = 0; at < added.size(); at++) {
            numbered.add(CandidateRow.numbered(added.get(at), new CandidateId(first + at), year));
        }
        return numbered;
    }
}
