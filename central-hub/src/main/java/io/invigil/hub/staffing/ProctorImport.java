package io.invigil.hub.staffing;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetReading;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Imports proctors of one school, a row for each certificate and level applied for (S4 section
 * 5.2.11, 批量导入监考人员). The mobile finds a person who is there; a row that says what is known counts
 * as unchanged, so a second upload changes nothing. One transaction. Thread-safe.
 */
public final class ProctorImport {
    public static final String NAME = "教师姓名";
    public static final String MOBILE = "手机号码";
    public static final String CERTIFICATE = "证书编号";
    public static final String LEVEL = "证书等级";
    public static final String REASON = "失败原因";
    public static final String SHEET = "监考人员";

    private final Database database;
    private final Clock clock;
    private final Proctors proctors;
    private final ImportRecords records = new ImportRecords();

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
        SheetReading reading = new SheetReader(columns(), List.of(REASON)).read(file.path());
        return database.inTransaction(
                tx -> {
                    ImportRecordId id = records.begin(tx, scope.tenant());
                    Tally tally = new Tally();
                    return switch (reading) {
                        case SheetReading.Refused refused ->
                                records.add(
                                        tx,
                                        record(
                                                scope,
                                                id,
                                                file,
                                                tally,
                                                refused.code().name(),
                                                refused.detail()),
                                        List.of());
                        case SheetReading.Rows rows -> {
                            for (SheetRow row : rows.rows()) {
                                take(tx, scope, row, tally)
                                        .ifPresent(why -> tally.failed.add(failed(row, why)));
                            }
                            yield records.add(
                                    tx, record(scope, id, file, tally, "", ""), tally.failed);
                        }
                    };
                });
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

    private static FailedRow failed(SheetRow row, RowIssue why) {
        List<String> cells =
                columns().stream().map(column -> row.cell(column.name()).text()).toList();
        return new FailedRow(row.number(), cells, List.of(why));
    }

    private ImportRecord record(
            StaffScope scope,
            ImportRecordId id,
            ImportFile file,
            Tally tally,
            String refusal,
            String detail) {
        return new ImportRecord(
                scope.tenant(),
                id,
                scope.organisation().id(),
                ImportKind.PROCTORS,
                file.name(),
                file.digest().hex(),
                scope.login(),
                Instant.ofEpochMilli(clock.millis()),
                tally.added,
                0,
                tally.unchanged,
                tally.failed.size(),
                refusal,
                detail);
    }
}
