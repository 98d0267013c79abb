package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportProgress;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.SheetColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Import records (导入记录) of all kinds, with their failed rows. Thread-safe. */
public final class ImportRecordPages implements HttpService {
    public static final int FAILED_SHOWN_MAX = 100;

    private final StaffDesk desk;
    private final ImportJobs jobs;
    private final Function<ImportKind, List<SheetColumn>> columns;
    private final ImportRecords records = new ImportRecords();
    private final CandidateSheets sheets = new CandidateSheets();

    /**
     * @param jobs tells how far an import is
     * @param columns of the sheet that each kind of import reads
     */
    public ImportRecordPages(
            StaffDesk desk, ImportJobs jobs, Function<ImportKind, List<SheetColumn>> columns) {
        this.desk = desk;
        this.jobs = jobs;
        this.columns = columns;
    }

    @Override
    public void routing(HttpRules rules) {
        // those of exams, and administrators for the accounts they import
        StaffRole[] all =
                Stream.concat(
                                Arrays.stream(StaffRole.ofExams()),
                                Arrays.stream(StaffRole.administrators()))
                        .toArray(StaffRole[]::new);
        rules.get("/imports", desk.page(this::list, all))
                .get("/imports/{record}", desk.page(this::show, all))
                .get("/imports/{record}/progress", desk.page(this::progress, all))
                .get("/imports/{record}/failed", desk.page(this::failed, all));
    }

    private Reply list(Visit visit, StaffScope scope) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        desk.inTransaction(
                tx -> {
                    view.put("rows", records.recent(tx, scope));
                    view.put("unfinished", jobs.unfinished(tx, scope.tenant()));
                    return view;
                });
        return Reply.page(
                Page.titled(visit.text("intake.nav")), desk.content("candidate/records.jte", view));
    }

    private Optional<ImportRecord> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("record");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                        tx -> records.findVisible(tx, scope, new ImportRecordId(number)));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        record ->
                                progress(record)
                                        .map(progress -> running(visit, record, progress))
                                        .orElseGet(() -> show(visit, scope, record)))
                .orElseGet(Reply::notFound);
    }

    private Optional<ImportProgress> progress(ImportRecord record) {
        return desk.inTransaction(tx -> jobs.progress(tx, record.tenant(), record.id()));
    }

    private Reply running(Visit visit, ImportRecord record, ImportProgress progress) {
        return Reply.page(
                Page.titled(visit.texts().of("intake.kind", record.kind()))
                        .under(visit.text("intake.nav"), "/imports"),
                desk.content("candidate/running.jte", running(visit, progress, record)));
    }

    private static Map<String, Object> running(
            Visit visit, ImportProgress progress, ImportRecord record) {
        return Map.of("visit", visit, "record", record, "progress", progress);
    }

    /** The bar alone, asked for every second; when the import is over, its page. */
    private Reply progress(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        record ->
                                progress(record)
                                        .map(
                                                progress ->
                                                        Reply.html(
                                                                desk.content(
                                                                        "candidate/progress.jte",
                                                                        running(
                                                                                visit, progress,
                                                                                record))))
                                        .orElseGet(() -> Reply.seeOther("/imports/" + record.id())))
                .orElseGet(Reply::notFound);
    }

    /** Failed rows hold whole ID numbers: only who may correct them sees them. */
    private Reply show(Visit visit, StaffScope scope, ImportRecord record) {
        List<FailedRow> failed =
                ImportRecords.mayCorrect(scope, record)
                        ? desk.inTransaction(tx -> records.failed(tx, record, FAILED_SHOWN_MAX))
                        : List.of();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("record", record);
        view.put("failed", failed);
        view.put("columns", columns.apply(record.kind()).stream().map(SheetColumn::name).toList());
        return Reply.page(
                Page.titled(visit.texts().of("intake.kind", record.kind()))
                        .under(visit.text("intake.nav"), "/imports"),
                desk.content("candidate/record.jte", view));
    }

    private Reply failed(Visit visit, StaffScope scope) {
        Optional<ImportRecord> record =
                find(visit, scope).filter(one -> ImportRecords.mayCorrect(scope, one));
        if (record.isEmpty()) {
            return Reply.notFound();
        }
        List<FailedRow> rows =
                desk.inTransaction(
                        tx -> records.failed(tx, record.get(), ImportRecords.FAILED_ROWS_MAX));
        return Reply.download(
                "失败数据-" + record.get().id() + ".xlsx",
                CandidatePages.XLSX,
                out ->
                        sheets.failed(
                                out,
                                columns.apply(record.get().kind()),
                                rows,
                                issue -> StaffDesk.text(visit, issue)));
    }
}
