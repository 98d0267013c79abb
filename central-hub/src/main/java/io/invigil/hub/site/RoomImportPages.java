package io.invigil.hub.site;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Import of rooms: instructions, template, upload (source 004 section 5.2.5). Thread-safe. */
public final class RoomImportPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final RoomImport imports;

    public RoomImportPages(PlanDesk plans, RoomImport imports) {
        this.plans = plans;
        this.desk = plans.desk();
        this.imports = imports;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/plans/{plan}/rooms/import", plans.page(this::show, clerk))
                .get("/plans/{plan}/rooms/template", plans.page(this::template, clerk))
                .put("/plans/{plan}/rooms/import", plans.page(this::take, clerk));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("site.room.import"))
                        .under(visit.text("site.rooms"), PlanDesk.path(plan) + "/rooms"),
                desk.content("site/import.jte", Map.of("visit", visit, "plan", plan)));
    }

    private Reply template(Visit visit, StaffScope scope, Plan plan) {
        List<String> notes = visit.text("site.room.template.notes").lines().toList();
        return Reply.download(
                "考场信息导入模板.xlsx",
                ListSheet.XLSX,
                out ->
                        new SheetWriter()
                                .write(
                                        out,
                                        RoomRows.SHEET,
                                        RoomRows.columns(),
                                        List.of(),
                                        "填写说明",
                                        notes));
    }

    private Reply take(Visit visit, StaffScope scope, Plan plan) {
        try (Upload upload = visit.upload(desk.uploads(), SheetReader.FILE_BYTES_MAX)) {
            ImportRecord record =
                    imports.run(
                            scope,
                            plan,
                            new ImportFile(upload.file(), upload.fileName(), upload.digest()));
            if (!record.isRefused()) {
                visit.flash(
                        record.failed() == 0 ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                        visit.text("intake.done", record.taken(), record.failed()));
            }
            return Reply.seeOther("/imports/" + record.id());
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded workbook cannot be read", disk);
        }
    }
}
