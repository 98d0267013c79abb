package io.invigil.hub.registration;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateColumns;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.CandidateIssue;
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
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registers from a workbook by certificate (source 004 section 5.2.6). A candidate who is
 * registered already, also by a row far above, counts as unchanged; every other row that is not
 * taken says why. Thread-safe.
 */
public final class RegistrationImport implements Importer {
    private final Database database;
    private final Clock clock;
    private final Registrations registrations;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    public RegistrationImport(Database database, Clock clock, Registrations registrations) {
        this.database = database;
        this.clock = clock;
        this.registrations = registrations;
    }

    /** What registers together: one level, one type. */
    private record Group(LevelId level, String targetType) {}

    private static final class Tally {
        private final List<FailedRow> failed = new ArrayList<>();
        private final Map<Group, Map<CandidateId, SheetRow>> wanted = new LinkedHashMap<>();
        private final Map<Seen, SheetRow> seen = new HashMap<>();
        private int added;
        private int unchanged;
    }

    private record Seen(LevelId level, CandidateId candidate) {}

    /**
     * Runs the import into one plan, chosen before (必须先选择考试计划).
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord run(StaffScope scope, Plan plan, ImportFile file) throws IOException {
        return ImportJobs.of(database, clock, file)
                .register(ImportKind.REGISTRATIONS, this)
                .run(order(scope, plan), file);
    }

    /** An import into a plan. */
    public static ImportOrder order(StaffScope scope, Plan plan) {
        return new ImportOrder(scope, ImportKind.REGISTRATIONS, plan.id().value(), 0);
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
            return RegistrationColumns.all();
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            StaffScope scope = order.scope();
            Plan plan = plans.find(tx, scope.tenant(), new PlanId(order.plan())).orElseThrow();
            List<FieldIssue> issues = registrations.planIssues(scope, plan);
            RegistrationRules.modeIssue(plan, RegistrationMode.BY_CERTIFICATE)
                    .ifPresent(issues::add);
            if (first && !issues.isEmpty()) {
                return Taken.refused(issues.get(0).code(), issues.get(0).detail(), List.of());
            }
            Tally tally = new Tally();
            RowPeople people = new RowPeople(tx, scope, rows);
            Map<String, LevelId> levels = new HashMap<>();
            for (CertificateLevel level : content.levels(tx, plan.tenant(), plan.id())) {
                levels.put(level.number() + "\n" + level.level(), level.id());
            }
            for (SheetRow row : rows) {
                judge(row, people, levels, tally)
                        .ifPresent(issue -> tally.failed.add(failed(row, issue)));
            }
            tally.wanted.forEach((group, own) -> register(tx, scope, plan, group, own, tally));
            tally.failed.sort(Comparator.comparingInt(FailedRow::row));
            return Taken.of(tally.added, 0, tally.unchanged, tally.failed);
        }

        private Optional<RowIssue> judge(
                SheetRow row, RowPeople people, Map<String, LevelId> levels, Tally tally) {
            return switch (people.find(row, RegistrationColumns.all())) {
                case RowPeople.Found.Faulty faulty -> Optional.of(faulty.issue());
                case RowPeople.Found.Known known -> {
                    LevelId level = levels.get(certificate(row));
                    if (level == null) {
                        yield issue(
                                row,
                                RegistrationColumns.CERTIFICATE,
                                RegistrationRefusal.REG_LEVEL_UNKNOWN,
                                "");
                    }
                    CandidateId candidate = known.candidate().id();
                    SheetRow first = tally.seen.putIfAbsent(new Seen(level, candidate), row);
                    if (first != null) {
                        yield issue(
                                row,
                                RegistrationColumns.ID_NUMBER,
                                CandidateIssue.DUPLICATE_IN_FILE,
                                Integer.toString(first.number()));
                    }
                    String type = row.cell(RegistrationColumns.TARGET_TYPE).text();
                    tally.wanted
                            .computeIfAbsent(new Group(level, type), key -> new LinkedHashMap<>())
                            .put(candidate, row);
                    yield Optional.empty();
                }
            };
        }
    }

    private static String certificate(SheetRow row) {
        return row.cell(RegistrationColumns.CERTIFICATE).text()
                + "\n"
                + row.cell(RegistrationColumns.LEVEL).text();
    }

    private void register(
            Tx tx,
            StaffScope scope,
            Plan plan,
            Group group,
            Map<CandidateId, SheetRow> people,
            Tally tally) {
        RegistrationDecision decision =
                registrations.register(
                        tx,
                        scope,
                        plan,
                        group.level(),
                        List.copyOf(people.keySet()),
                        group.targetType());
        switch (decision) {
            case RegistrationDecision.Refused refused -> {
                FieldIssue why = refused.issues().get(0);
                people.values().forEach(row -> tally.failed.add(failed(row, named(row, why))));
            }
            case RegistrationDecision.Carried carried -> {
                tally.added += carried.done().size();
                carried.refused()
                        .forEach(
                                (candidate, why) -> {
                                    if (why.code().equals(RegistrationRefusal.REG_ALREADY.name())) {
                                        tally.unchanged++;
                                    } else {
                                        SheetRow row = people.get(candidate);
                                        tally.failed.add(failed(row, named(row, why)));
                                    }
                                });
            }
        }
    }

    private static RowIssue named(SheetRow row, FieldIssue why) {
        return new RowIssue(row.number(), CandidateColumns.ID_NUMBER, why.code(), why.detail());
    }

    private static Optional<RowIssue> issue(
            SheetRow row, String column, Enum<?> code, String detail) {
        return Optional.of(new RowIssue(row.number(), column, code.name(), detail));
    }

    private static FailedRow failed(SheetRow row, RowIssue issue) {
        return SheetRun.failed(RegistrationColumns.all(), row, List.of(issue));
    }
}
