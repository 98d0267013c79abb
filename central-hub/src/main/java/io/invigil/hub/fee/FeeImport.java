package io.invigil.hub.fee;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.RegistrationColumns;
import io.invigil.hub.registration.RowPeople;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetReading;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one fee request of a workbook (根据模板导入多少个条记录): a row per certificate, or per subject. A
 * request over a part of the file would have a wrong amount, so one wrong row makes no request.
 * Thread-safe.
 */
public final class FeeImport {
    private final Database database;
    private final Clock clock;
    private final Fees fees;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final ImportRecords records = new ImportRecords();

    public FeeImport(Database database, Clock clock, Fees fees) {
        this.database = database;
        this.clock = clock;
        this.fees = fees;
    }

    /** The columns of a mode's sheet. */
    public static List<SheetColumn> columns(RegistrationMode mode) {
        List<SheetColumn> columns = new ArrayList<>();
        columns.add(new SheetColumn(RegistrationColumns.NAME, true, 14));
        columns.add(new SheetColumn(RegistrationColumns.ID_NUMBER, true, 22));
        if (mode == RegistrationMode.BY_SUBJECT) {
            columns.add(new SheetColumn(RegistrationColumns.SUBJECT, true, 18));
        }
        return List.copyOf(columns);
    }

    /**
     * Makes the request, or says which rows are wrong.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord run(StaffScope scope, Plan plan, LevelId level, ImportFile file)
            throws IOException {
        SheetReading reading =
                new SheetReader(
                                columns(plan.registrationMode()),
                                List.of(RegistrationColumns.REASON))
                        .read(file.path());
        return database.inTransaction(
                tx -> {
                    ImportRecordId id = records.begin(tx, scope.tenant());
                    plans.lock(tx, plan.tenant(), plan.id());
                    List<FieldIssue> issues = fees.planIssues(scope, plan, plan.registrationMode());
                    return switch (reading) {
                        case SheetReading.Refused refused ->
                                add(
                                        tx,
                                        scope,
                                        plan,
                                        file,
                                        id,
                                        new Result(
                                                0,
                                                refused.code().name(),
                                                refused.detail(),
                                                List.of()));
                        case SheetReading.Rows rows ->
                                add(
                                        tx,
                                        scope,
                                        plan,
                                        file,
                                        id,
                                        issues.isEmpty()
                                                ? take(tx, scope, plan, level, rows.rows())
                                                : refused(issues.get(0)));
                    };
                });
    }

    private record Result(int taken, String refusal, String detail, List<FailedRow> failed) {}

    private static Result refused(FieldIssue issue) {
        return new Result(0, issue.code(), issue.detail(), List.of());
    }

    private Result take(Tx tx, StaffScope scope, Plan plan, LevelId level, List<SheetRow> rows) {
        Map<CandidateId, List<Sitting>> registered =
                Fees.byCandidate(fees.registered(tx, scope, plan, level));
        Map<SittingId, Payments.Payment> paid = fees.ofPlan(tx, plan.tenant(), plan.id());
        Map<String, SubjectId> subjects = new HashMap<>();
        for (Subject subject : content.subjects(tx, plan.tenant(), plan.id())) {
            subjects.put(subject.number(), subject.id());
        }
        RowPeople people = new RowPeople(tx, scope, rows);
        List<SheetColumn> columns = columns(plan.registrationMode());
        Map<SittingId, Sitting> covered = new LinkedHashMap<>();
        List<FailedRow> failed = new ArrayList<>();
        for (SheetRow row : rows) {
            switch (people.find(row, columns)) {
                case RowPeople.Found.Faulty faulty ->
                        failed.add(failed(columns, row, faulty.issue()));
                case RowPeople.Found.Known known -> {
                    List<Sitting> own =
                            registered.getOrDefault(known.candidate().id(), List.of()).stream()
                                    .filter(one -> isNamed(plan, row, subjects, one))
                                    .toList();
                    if (own.isEmpty()) {
                        failed.add(failed(columns, row, issue(row, FeeRefusal.FEE_NOT_REGISTERED)));
                    } else if (own.stream()
                            .anyMatch(
                                    one ->
                                            paid.containsKey(one.id())
                                                    || covered.containsKey(one.id()))) {
                        failed.add(
                                failed(columns, row, issue(row, FeeRefusal.FEE_ON_OTHER_REQUEST)));
                    } else {
                        own.forEach(one -> covered.put(one.id(), one));
                    }
                }
            }
        }
        if (!failed.isEmpty()) {
            return new Result(0, FeeRefusal.FEE_FILE_INCOMPLETE.name(), "", failed);
        }
        FeeDecision decision = fees.make(tx, scope, plan, level, covered.values());
        return decision instanceof FeeDecision.Refused refused
                ? refused(refused.issues().get(0))
                : new Result(rows.size(), "", "", List.of());
    }

    private static boolean isNamed(
            Plan plan, SheetRow row, Map<String, SubjectId> subjects, Sitting one) {
        return plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                || one.subject().equals(subjects.get(row.cell(RegistrationColumns.SUBJECT).text()));
    }

    private static RowIssue issue(SheetRow row, FeeRefusal code) {
        return new RowIssue(row.number(), RegistrationColumns.ID_NUMBER, code.name(), "");
    }

    private static FailedRow failed(List<SheetColumn> columns, SheetRow row, RowIssue issue) {
        return new FailedRow(
                row.number(),
                columns.stream().map(column -> row.cell(column.name()).text()).toList(),
                List.of(issue));
    }

    private ImportRecord add(
            Tx tx, StaffScope scope, Plan plan, ImportFile file, ImportRecordId id, Result result) {
        return records.add(
                tx,
                new ImportRecord(
                        scope.tenant(),
                        id,
                        scope.organisation().id(),
                        plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                                ? ImportKind.FEES_BY_CERTIFICATE
                                : ImportKind.FEES_BY_SUBJECT,
                        file.name(),
                        file.digest().hex(),
                        scope.login(),
                        clock.instant(),
                        result.taken(),
                        0,
                        0,
                        result.failed().size(),
                        result.refusal(),
                        result.detail()),
                result.failed());
    }
}
