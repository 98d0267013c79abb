package io.invigil.hub.office;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Accounts from a workbook: instructions, template, upload. Thread-safe. */
public final class StaffImportPages implements HttpService {
    private static final String PATH = StaffPages.PATH + "/import";
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final StaffDesk desk;
    private final StaffOffice office;
    private final ImportUploads uploads;

    public StaffImportPages(StaffDesk desk, StaffOffice office, ImportUploads uploads) {
        this.desk = desk;
        this.office = office;
        this.uploads = uploads;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole[] keepers = StaffRole.administrators();
        rules.get(PATH, desk.page(this::show, keepers))
                .get(PATH + "/template", desk.page(this::template, keepers))
                .put(PATH, desk.page(this::take, keepers));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return Reply.page(
                Page.titled(visit.text("staff.import"))
                        .under(visit.text("staff.nav"), StaffPages.PATH),
                desk.content("office/staff-import.jte", Map.of("visit", visit)));
    }

    private Reply template(Visit visit, StaffScope scope) {
        List<String> notes = new ArrayList<>(visit.text("staff.import.notes").lines().toList());
        notes.add(visit.text("staff.import.notes.organisations"));
        desk.inTransaction(tx -> office.managed(tx, scope)).values().stream()
                .map(Organisation::name)
                .forEach(notes::add);
        return Reply.download(
                "工作人员账号导入模板.xlsx",
                XLSX,
                out ->
                        new SheetWriter()
                                .write(
                                        out,
                                        StaffImport.SHEET,
                                        StaffImport.columns(),
                                        List.of(),
                                        "填写说明",
                                        notes));
    }

    private Reply take(Visit visit, StaffScope scope) {
        return uploads.take(
                visit, ImportOrder.of(scope, ImportKind.STAFF), SheetReader.FILE_BYTES_MAX);
    }
}
