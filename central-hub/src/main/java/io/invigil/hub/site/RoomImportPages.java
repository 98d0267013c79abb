package io.invigil.hub.site;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.util.List;
import java.util.Map;

/** Import of rooms: instructions, template, upload (source 004 section 5.2.5). Thread-safe. */
public final class RoomImportPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final ImportUploads uploads;

    public RoomImportPages(PlanDesk plans, ImportUploads uploads) {
        this.plans = plans;
        this.desk = plans.desk();
        this.uploads = uploads;
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
        return uploads.take(visit, RoomImport.order(scope, plan), SheetReader.FILE_BYTES_MAX);
    }
}
