package io.invigil.hub.registration;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
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
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers by subject from a workbook (按科目批量导入报考; plan and certificate chosen before), and removes
 * registrations named by a workbook (批量删除报考数据; in the plan's own columns). Rows that are not taken
 * say why. Thread-safe.
 */
public final class SubjectImport implements Importer {
    private final Database database;
    private final Clock clock;
    private final SubjectRegistrations registrations;
    private final RegistrationRemoval removal;
    private final RegistrationRules rules;
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();
    private final RegistrationStore store = new RegistrationStore();
    private final Plans plans = new Plans();

    public SubjectImport(
            Database database,
            Clock clock,
            SubjectRegistrations registrations,
            RegistrationRemoval removal) {
        this.database = database;
        this.clock = clock;
        this.registrations = registrations;
        this.removal = removal;
        this.rules = new RegistrationRules(clock);
    }

    /** One step of an import. */
    private static final class Run {
        private final StaffScope scope;
        private final Plan plan;
        private final List<SheetColumn> columns;
        private final List<FailedRow> failed = new ArrayList<>();
        private int added;
        private int unchanged;

        Run(StaffScope scope, Plan plan, List<SheetColumn> columns) {
            this.scope = scope;
            this.plan = plan;
            this.columns = columns;
        }

        void fail(SheetRow row, RowIssue issue) {
            failed.add(SheetRun.failed(columns, row, List.of(issue)));
        }

        void fail(SheetRow row, FieldIssue issue) {
            fail(
                    row,
                    new RowIssue(
                            row.number(),
                            RegistrationColumns.ID_NUMBER,
                            issue.code(),
                            issue.detail()));
        }
    }

    /**
     * Registers for single subjects of the level.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord register(StaffScope scope, Plan plan, LevelId level, ImportFile file)
            throws IOException {
        return run(registering(scope, plan, level), file);
    }

    /**
     * Removes the registrations that the rows name.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord remove(StaffScope scope, Plan plan, ImportFile file) throws IOException {
        return run(removing(scope, plan), file);
    }

    private ImportRecord run(ImportOrder order, ImportFile file) throws IOException {
        return ImportJobs.of(database, clock, file).register(order.kind(), this).run(order, file);
    }

    /** An import that registers for subjects of one level. */
    public static ImportOrder registering(StaffScope scope, Plan plan, LevelId level) {
        return new ImportOrder(
                scope, ImportKind.REGISTRATIONS_BY_SUBJECT, plan.id().value(), level.value());
    }

    /** An import that removes registrations, in the plan's own way of registering. */
    public static ImportOrder removing(StaffScope scope, Plan plan) {
        ImportKind kind =
                plan.registrationMode() == RegistrationMode.BY_CERTIFICATE
                        ? ImportKind.REGISTRATIONS_REMOVED
                        : ImportKind.SUBJECTS_REMOVED;
        return new ImportOrder(scope, kind, plan.id().value(), 0);
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        return SheetRun.open(new Work(order), file.path());
    }

    /** One file. */
    private final class Work implements SheetWork {
        private final ImportOrder order;
        private final boolean registers;

        Work(ImportOrder order) {
            this.order = order;
            this.registers = order.kind() == ImportKind.REGISTRATIONS_BY_SUBJECT;
        }

        @Override
        public List<SheetColumn> columns() {
            return order.kind() == ImportKind.REGISTRATIONS_REMOVED
                    ? RegistrationColumns.all()
                    : RegistrationColumns.bySubject();
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            StaffScope scope = order.scope();
            Plan plan = plans.find(tx, scope.tenant(), new PlanId(order.plan())).orElseThrow();
            List<FieldIssue> issues = rules.planIssues(scope, plan);
            if (registers) {
                RegistrationRules.modeIssue(plan, RegistrationMode.BY_SUBJECT)
                        .ifPresent(issues::add);
            }
            if (first && !issues.isEmpty()) {
                return Taken.refused(issues.get(0).code(), issues.get(0).detail(), List.of());
            }
            Run run = new Run(scope, plan, columns());
            if (registers) {
                SubjectImport.this.register(tx, run, new LevelId(order.level()), rows);
            } else {
                SubjectImport.this.remove(tx, run, rows);
            }
            run.failed.sort(Comparator.comparingInt(FailedRow::row));
            return Taken.of(
                    registers ? run.added : 0,
                    registers ? 0 : run.added,
                    run.unchanged,
                    run.failed);
        }
    }

    private void register(Tx tx, Run run, LevelId level, List<SheetRow> rows) {
        Map<String, SubjectId> subjects = new HashMap<>();
        for (Subject subject : content.subjects(tx, run.plan.tenant(), run.plan.id())) {
            if (subject.level().equals(level)) {
                subjects.put(subject.number(), subject.id());
            }
        }
        RowPeople people = new RowPeople(tx, run.scope, rows);
        List<Wish> wishes = new ArrayList<>();
        List<SheetRow> asked = new ArrayList<>();
        for (SheetRow row : rows) {
            switch (people.find(row, run.columns)) {
                case RowPeople.Found.Faulty faulty -> run.fail(row, faulty.issue());
                case RowPeople.Found.Known known -> {
                    SubjectId subject = subjects.get(row.cell(RegistrationColumns.SUBJECT).text());
                    if (subject == null) {
                        run.fail(row, subjectUnknown(row));
                    } else {
                        asked.add(row);
                        wishes.add(
                                new Wish(
                                        known.candidate().id(),
                                        subject,
                                        row.cell(RegistrationColumns.TARGET_TYPE).text()));
                    }
                }
            }
        }
        if (wishes.isEmpty()) {
            return;
        }
        switch (registrations.register(tx, run.scope, run.plan, level, wishes)) {
            case SubjectDecision.Refused refused ->
                    asked.forEach(row -> run.fail(row, refused.issues().get(0)));
            case SubjectDecision.Carried carried -> {
                run.added += carried.done();
                carried.refused()
                        .forEach(
                                (at, why) -> {
                                    if (why.code().equals(RegistrationRefusal.REG_ALREADY.name())) {
                                        run.unchanged++;
                                    } else {
                                        run.fail(asked.get(at), why);
                                    }
                                });
            }
        }
    }

    private record Key(CandidateId candidate, String what) {}

    private void remove(Tx tx, Run run, List<SheetRow> rows) {
        Map<Key, SittingId> known = registered(tx, run);
        RowPeople people = new RowPeople(tx, run.scope, rows);
        List<SittingId> chosen = new ArrayList<>();
        List<SheetRow> asked = new ArrayList<>();
        for (SheetRow row : rows) {
            switch (people.find(row, run.columns)) {
                case RowPeople.Found.Faulty faulty -> run.fail(row, faulty.issue());
                case RowPeople.Found.Known found -> {
                    SittingId sitting = known.get(key(run, found.candidate(), row));
                    if (sitting == null) {
                        run.fail(
                                row,
                                FieldIssue.of("registrations", RegistrationRefusal.REG_UNKNOWN));
                    } else {
                        chosen.add(sitting);
                        asked.add(row);
                    }
                }
            }
        }
        if (chosen.isEmpty()) {
            return;
        }
        switch (removal.remove(tx, run.scope, run.plan, chosen)) {
            case SubjectDecision.Refused refused ->
                    asked.forEach(row -> run.fail(row, refused.issues().get(0)));
            case SubjectDecision.Carried carried -> {
                run.added += carried.done();
                carried.refused().forEach((at, why) -> run.fail(asked.get(at), why));
            }
        }
    }

    private static Key key(Run run, Candidate candidate, SheetRow row) {
        return run.plan.registrationMode() == RegistrationMode.BY_SUBJECT
                ? new Key(candidate.id(), row.cell(RegistrationColumns.SUBJECT).text())
                : new Key(
                        candidate.id(),
                        row.cell(RegistrationColumns.CERTIFICATE).text()
                                + "\n"
                                + row.cell(RegistrationColumns.LEVEL).text());
    }

    /** A sitting for each thing that a row can name; of a whole certificate any of its sittings. */
    private Map<Key, SittingId> registered(Tx tx, Run run) {
        Plan plan = run.plan;
        boolean bySubject = plan.registrationMode() == RegistrationMode.BY_SUBJECT;
        Map<LevelId, CertificateLevel> levels = new HashMap<>();
        content.levels(tx, plan.tenant(), plan.id()).forEach(one -> levels.put(one.id(), one));
        Map<SubjectId, Subject> subjects = new HashMap<>();
        content.subjects(tx, plan.tenant(), plan.id()).forEach(one -> subjects.put(one.id(), one));
        Map<RegistrationId, Registration> own = new HashMap<>();
        store.ofPlan(tx, plan.tenant(), plan.id(), run.scope.onlySchool())
                .forEach(one -> own.put(one.id(), one));
        Map<Key, SittingId> known = new HashMap<>();
        for (Sitting sitting : sittings.ofPlan(tx, plan.tenant(), plan.id())) {
            Registration registration = own.get(sitting.registration());
            if (registration == null) {
                continue;
            }
            CertificateLevel level = levels.get(registration.level());
            String what =
                    bySubject
                            ? subjects.get(sitting.subject()).number()
                            : level.number() + "\n" + level.level();
            known.put(new Key(sitting.candidate(), what), sitting.id());
        }
        return known;
    }

    private static RowIssue subjectUnknown(SheetRow row) {
        return new RowIssue(
                row.number(),
                RegistrationColumns.SUBJECT,
                RegistrationRefusal.REG_SUBJECT_UNKNOWN.name(),
                "");
    }
}
