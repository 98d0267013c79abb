package io.invigil.hub.site;

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
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets up rooms of a plan from a workbook (source 004 section 5.2.5, 批量导入考场信息). A room of that name
 * at that site is changed, as a form would change it; a row that says what is there counts as
 * unchanged, so a second upload changes nothing. Thread-safe.
 */
public final class RoomImport implements Importer {
    private final Database database;
    private final Clock clock;
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();

    public RoomImport(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The template's columns. */
    public static List<SheetColumn> columns() {
        return RoomRows.columns();
    }

    private record Name(SiteId site, String name) {}

    /** What the rows of one step are held against, and what became of them. */
    private static final class Work {
        private final Map<String, Site> sites = new HashMap<>();
        private final Map<Name, Room> known = new HashMap<>();
        private final Map<Name, Integer> seen = new HashMap<>();
        private final List<FailedRow> failed = new ArrayList<>();
        private RoomRows rows;
        private int added;
        private int changed;
        private int unchanged;
    }

    /**
     * Runs the import into one plan.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord run(StaffScope scope, Plan plan, ImportFile file) throws IOException {
        return ImportJobs.of(database, clock, file)
                .register(ImportKind.ROOMS, this)
                .run(order(scope, plan), file);
    }

    /** An import into a plan. */
    public static ImportOrder order(StaffScope scope, Plan plan) {
        return new ImportOrder(scope, ImportKind.ROOMS, plan.id().value(), 0);
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        return SheetRun.open(new Rows(order), file.path());
    }

    /** One file. */
    private final class Rows implements SheetWork {
        private final ImportOrder order;

        Rows(ImportOrder order) {
            this.order = order;
        }

        @Override
        public List<SheetColumn> columns() {
            return RoomRows.columns();
        }

        @Override
        public List<String> ignored() {
            return RoomRows.IGNORED;
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            StaffScope scope = order.scope();
            Plan plan = plans.find(tx, scope.tenant(), new PlanId(order.plan())).orElseThrow();
            Work work = new Work();
            prepare(tx, scope, plan, work);
            for (SheetRow row : rows) {
                RoomImport.this
                        .take(tx, scope, plan, row, work)
                        .ifPresent(
                                why ->
                                        work.failed.add(
                                                SheetRun.failed(columns(), row, List.of(why))));
            }
            return Taken.of(work.added, work.changed, work.unchanged, work.failed);
        }
    }

    private void prepare(Tx tx, StaffScope scope, Plan plan, Work work) {
        sites.visible(tx, scope).stream()
                .filter(site -> scope.mayChange(site.school()))
                .forEach(site -> work.sites.put(site.name(), site));
        rooms.ofPlan(tx, plan.tenant(), plan.id())
                .forEach(room -> work.known.put(new Name(room.site(), room.name()), room));
        List<CertificateLevel> levels = content.levels(tx, plan.tenant(), plan.id());
        work.rows = new RoomRows(levels);
    }

    private Optional<RowIssue> take(Tx tx, StaffScope scope, Plan plan, SheetRow row, Work work) {
        Optional<RowIssue> faulty = RoomRows.cells(row);
        if (faulty.isPresent()) {
            return faulty;
        }
        Site site = work.sites.get(row.cell(RoomRows.SITE).text());
        if (site == null) {
            return issue(row, RoomRows.SITE, SiteRefusal.ROOM_SITE_UNKNOWN.name(), "");
        }
        Name name = new Name(site.id(), row.cell(RoomRows.NAME).text());
        Integer first = work.seen.putIfAbsent(name, row.number());
        if (first != null) {
            return issue(
                    row,
                    RoomRows.NAME,
                    SiteRefusal.ROOM_TWICE_IN_FILE.name(),
                    Integer.toString(first));
        }
        Optional<Room> known = Optional.ofNullable(work.known.get(name));
        RoomDraft draft;
        switch (work.rows.read(row, site.id(), known)) {
            case RoomRows.Read.Faulty wrong -> {
                return Optional.of(wrong.issue());
            }
            case RoomRows.Read.Sound sound -> draft = sound.draft();
        }
        if (known.filter(room -> RoomDraft.of(room).equals(draft)).isPresent()) {
            work.unchanged++;
            return Optional.empty();
        }
        Instant now = clock.instant();
        RoomDecision decision =
                known.map(room -> rooms.change(tx, scope, plan, room, draft, now))
                        .orElseGet(() -> rooms.add(tx, scope, plan, draft, now));
        return switch (decision) {
            case RoomDecision.Saved saved -> {
                work.added += known.isPresent() ? 0 : 1;
                work.changed += known.isPresent() ? 1 : 0;
                yield Optional.empty();
            }
            case RoomDecision.Refused refused -> {
                FieldIssue why = refused.issues().get(0);
                yield issue(row, RoomRows.column(why.field()), why.code(), why.detail());
            }
        };
    }

    private static Optional<RowIssue> issue(
            SheetRow row, String column, String code, String detail) {
        return Optional.of(new RowIssue(row.number(), column, code, detail));
    }
}
