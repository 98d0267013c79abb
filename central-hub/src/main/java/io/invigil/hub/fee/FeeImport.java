package io.invigil.hub.fee;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.ImportRun;
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
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
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
 * request over a part of the file would have a wrong amount, so one wrong row makes no request and
 * all rows are one step. Thread-safe.
 */
public final class FeeImport implements Importer {
    private final Database database;
    private final Clock clock;
    private final Fees fees;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

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
        ImportOrder order = order(scope, plan, level);
        return ImportJobs.of(database, clock, file).register(order.kind(), this).run(order, file);
    }

    /** An import that makes one request for a level, in the plan's own mode. */
    public static ImportOrder order(StaffScope scope, Plan plan, LevelId level) {
        ImportKind kind =
                plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                        ? ImportKind.FEES_BY_CERTIFICATE
                        : ImportKind.FEES_BY_SUBJECT;
        return new ImportOrder(scope, kind, plan.id().value(), level.value());
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        return SheetRun.open(new Work(order), file.path());
    }

    /** One file. */
    private final class Work implements SheetWork {
        private final ImportOrder order;

        Work(ImportOrder order) {
            this.order = order;
        }

        @Override
        public List<SheetColumn> columns() {
            return FeeImport.columns(
                    order.kind() == ImportKind.FEES_BY_CERTIFICATE
                            ? RegistrationMode.BY_CERTIFICATE
                            : RegistrationMode.BY_SUBJECT);
        }

        @Override
        public int rowsAtOnce() {
            return ImportRun.ALL_AT_ONCE;
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            StaffScope scope = order.scope();
            Plan plan = plans.find(tx, scope.tenant(), new PlanId(order.plan())).orElseThrow();
            plans.lock(tx, plan.tenant(), plan.id());
            List<FieldIssue> issues = fees.planIssues(scope, plan, plan.registrationMode());
            return issues.isEmpty()
                    ? FeeImport.this.take(tx, scope, plan, new LevelId(order.level()), rows)
                    : refused(issues.get(0));
        }
    }

    private static Taken refused(FieldIssue issue) {
        return Taken.refused(issue.code(), issue.detail(), List.of());
    }

    private Taken take(Tx tx, StaffScope scope, Plan plan, LevelId level, List<SheetRow> rows) {
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
                        failed.add(SheetRun.failed(columns, row, List.of(faulty.issue())));
                case RowPeople.Found.Known known -> {
                    List<Sitting> own =
                            registered.getOrDefault(known.candidate().id(), List.of()).stream()
                                    .filter(one -> isNamed(plan, row, subjects, one))
                                    .toList();
                    if (own.isEmpty()) {
                        failed.add(failed(columns, row, FeeRefusal.FEE_NOT_REGISTERED));
                    } else if (own.stream()
                            .anyMatch(
                                    one ->
                                            paid.containsKey(one.id())
                                                    || covered.containsKey(one.id()))) {
                        failed.add(failed(columns, row, FeeRefusal.FEE_ON_OTHER_REQUEST));
                    } else {
                        own.forEach(one -> covered.put(one.id(), one));
                    }
                }
            }
        }
        if (!failed.isEmpty()) {
            return Taken.refused(FeeRefusal.FEE_FILE_INCOMPLETE.name(), "", failed);
        }
        FeeDecision decision = fees.make(tx, scope, plan, level, covered.values());
        return decision instanceof FeeDecision.Refused refused
                ? refused(refused.issues().get(0))
                : Taken.of(rows.size(), 0, 0, List.of());
    }

    private static boolean isNamed(
            Plan plan, SheetRow row, Map<String, SubjectId> subjects, Sitting one) {
        return plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                || one.subject().equals(subjects.get(row.cell(RegistrationColumns.SUBJECT).text()));
    }

    private static FailedRow failed(List<SheetColumn> columns, SheetRow row, FeeRefusal code) {
        RowIssue why = new RowIssue(row.number(), RegistrationColumns.ID_NUMBER, code.name(), "");
        return SheetRun.failed(columns, row, List.of(why));
    }
}
