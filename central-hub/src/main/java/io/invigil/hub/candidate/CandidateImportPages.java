package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.SheetReader;
import java.util.List;
import java.util.Map;

/** Import of candidates and photos: instructions, template, upload with progress. Thread-safe. */
public final class CandidateImportPages implements HttpService {
    private final StaffDesk desk;
    private final ImportUploads uploads;
    private final boolean faces;
    private final PhotoRules rules = new PhotoRules();
    private final CandidateSheets sheets = new CandidateSheets();

    /**
     * @param faces whether photos are looked at by a machine
     */
    public CandidateImportPages(StaffDesk desk, ImportUploads uploads, boolean faces) {
        this.desk = desk;
        this.faces = faces;
        this.uploads = uploads;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/imports/candidates/new", desk.page(this::show, clerk))
                .get("/imports/candidates/template", desk.page(this::template, clerk))
                .put(
                        "/imports/candidates/add",
                        desk.page((v, s) -> take(v, s, CandidateImport.Mode.ADD), clerk))
                .put(
                        "/imports/candidates/change",
                        desk.page((v, s) -> take(v, s, CandidateImport.Mode.CHANGE), clerk))
                .put("/imports/photos", desk.page(this::takePhotos, clerk));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return Reply.page(
                Page.titled(visit.text("candidate.import"))
                        .under(visit.text("candidate.nav"), "/candidates"),
                desk.content(
                        "candidate/import.jte",
                        Map.of(
                                "visit",
                                visit,
                                "background",
                                desk.inTransaction(tx -> rules.background(tx, scope.tenant())),
                                "faces",
                                faces)));
    }

    private Reply template(Visit visit, StaffScope scope) {
        List<String> notes = visit.text("candidate.template.notes").lines().toList();
        return Reply.download(
                "考生信息导入模板.xlsx",
                CandidatePages.XLSX,
                out -> sheets.template(out, CandidateImport.Mode.ADD, List.of(), notes));
    }

    private Reply take(Visit visit, StaffScope scope, CandidateImport.Mode mode) {
        return uploads.take(visit, ImportOrder.of(scope, mode.kind()), SheetReader.FILE_BYTES_MAX);
    }

    private Reply takePhotos(Visit visit, StaffScope scope) {
        return uploads.take(
                visit, ImportOrder.of(scope, ImportKind.PHOTOS), PhotoImport.FILE_BYTES_MAX);
    }
}
