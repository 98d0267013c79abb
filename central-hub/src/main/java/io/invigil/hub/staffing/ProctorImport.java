package io.invigil.hub.staffing;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
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
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Imports proctors of one school, a row for each certificate and level applied for (S4 section
 * 5.2.11, 批量导入监考人员). The mobile finds a person who is there; a row that says what is known counts
 * as unchanged, so a second upload changes nothing. Thread-safe.
 */
public final class ProctorImport implements Importer {
    public static final String NAME = "教师姓名";
    public static final String MOBILE = "手机号码";
    public static final String CERTIFICATE = "证书编号";
    public static final String LEVEL = "证书等级";
    public static final String SHEET = "监考人员";

    private final Database database;
    private final Clock clock;
    private final Proctors proctors;

    public ProctorImport(Database database, Clock clock, Proctors proctors) {
        this.database = database;
        this.clock = clock;
        this.proctors = proctors;
    }

    /** The template's columns. */
    public static List<SheetColumn> columns() {
        return List.of(
                new SheetColumn(NAME, true, 14),
                new SheetColumn(MOBILE, true, 18),
                new SheetColumn(CERTIFICATE, true, 18),
                new SheetColumn(LEVEL, true, 12));
    }

    private static final class Tally {
        private final List<FailedRow> failed = new ArrayList<>();
        private int added;
        private int unchanged;
    }

    /**
     * Runs the import.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord run(StaffScope scope, ImportFile file) throws IOException {
        return ImportJobs.of(database, clock, file)
                .register(ImportKind.PROCTORS, this)
                .run(ImportOrder.of(scope, ImportKind.PROCTORS), file);
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        return SheetRun.open(new Work(order.scope()), file.path());
    }

    /** One file. */
    private final class Work implements SheetWork {
        /** Each row asks the database for itself. */
        private static final int PROCTORS_AT_ONCE = 200;

        private final StaffScope scope;

        Work(StaffScope scope) {
            this.scope = scope;
        }

        @Override
        public List<SheetColumn> columns() {
            return ProctorImport.columns();
        }

        @Override
        public int rowsAtOnce() {
            return PROCTORS_AT_ONCE;
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            Tally tally = new Tally();
            for (SheetRow row : rows) {
                ProctorImport.this
                        .take(tx, scope, row, tally)
                        .ifPresent(
                                why ->
                                        tally.failed.add(
                                                SheetRun.failed(columns(), row, List.of(why))));
            }
            return Taken.of(tally.added, 0, tally.unchanged, tally.failed);
        }
    }

    private Optional<RowIssue> take(Tx tx, StaffScope scope, SheetRow row, Tally tally) {
        for (SheetColumn column : columns()) {
            SheetCell cell = row.cell(column.name());
            if (cell.isBlank() || cell.kind() == SheetCell.Kind.ERROR) {
                return Optional.of(issue(row, column.name(), "CELL_REQUIRED", ""));
            }
            if (cell.kind() == SheetCell.Kind.FORMULA) {
                return Optional.of(issue(row, column.name(), "CELL_FORMULA", ""));
            }
        }
        String name = row.cell(NAME).text();
        String mobile = row.cell(MOBILE).text();
        Qualification.Need need =
                new Qualification.Need(row.cell(CERTIFICATE).text(), row.cell(LEVEL).text());
        // before the person is made: a row that fails leaves nothing behind
        if (proctors.offered(tx, scope, new ProctorId(1)).stream()
                .noneMatch(one -> one.need().equals(need))) {
            return Optional.of(
                    issue(
                            row,
                            CERTIFICATE,
                            StaffingRefusal.PROCTOR_CERTIFICATE_UNKNOWN.name(),
                            need.certificate() + " " + need.level()));
        }
        Optional<Proctor> known = proctors.findByMobile(tx, scope, mobile);
        if (known.isEmpty()) {
            StaffingDecision made = proctors.add(tx, scope, name, mobile);
            if (made instanceof StaffingDecision.Refused refused) {
                return Optional.of(named(row, refused.issues().get(0)));
            }
            known = proctors.findByMobile(tx, scope, mobile);
        }
        Proctor person = known.orElseThrow();
        if (!scope.mayChange(person.school())) {
            return Optional.of(issue(row, MOBILE, StaffingRefusal.PROCTOR_MOBILE_TAKEN.name(), ""));
        }
        if (!person.name().equals(name)) {
            return Optional.of(
                    issue(row, NAME, StaffingRefusal.PROCTOR_NAME_DIFFERS.name(), person.name()));
        }
        boolean there =
                proctors.qualifications(tx, person).stream()
                        .anyMatch(one -> one.need().equals(need));
        StaffingDecision applied = proctors.apply(tx, scope, person, need);
        if (applied instanceof StaffingDecision.Refused refused) {
            return Optional.of(named(row, refused.issues().get(0)));
        }
        if (there) {
            tally.unchanged++;
        } else {
            tally.added++;
        }
        return Optional.empty();
    }

    private static RowIssue issue(SheetRow row, String column, String code, String detail) {
        return new RowIssue(row.number(), column, code, detail);
    }

    private static RowIssue named(SheetRow row, FieldIssue why) {
        String column =
                switch (why.field()) {
                    case "name" -> NAME;
                    case "mobile" -> MOBILE;
                    case "certificate" -> CERTIFICATE;
                    default -> "";
                };
        return issue(row, column, why.code(), why.detail());
    }
}
