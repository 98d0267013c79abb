package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.SheetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Import of candidates and photos: instructions, template, upload with progress. Thread-safe. */
public final class CandidateImportPages implements HttpService {
    private final StaffDesk desk;
    private final CandidateImport imports;
    private final PhotoImport photos;
    private final CandidateSheets sheets = new CandidateSheets();

    public CandidateImportPages(StaffDesk desk, CandidateImport imports, PhotoImport photos) {
        this.desk = desk;
        this.imports = imports;
        this.photos = photos;
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
                desk.content("candidate/import.jte", Map.of("visit", visit)));
    }

    private Reply template(Visit visit, StaffScope scope) {
        List<String> notes = visit.text("candidate.template.notes").lines().toList();
        return Reply.download(
                "考生信息导入模板.xlsx",
                CandidatePages.XLSX,
                out -> sheets.template(out, CandidateImport.Mode.ADD, List.of(), notes));
    }

    private Reply take(Visit visit, StaffScope scope, CandidateImport.Mode mode) {
        try (Upload upload = visit.upload(desk.uploads(), SheetReader.FILE_BYTES_MAX)) {
            return done(visit, imports.run(scope, file(upload), mode));
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded workbook cannot be read", disk);
        }
    }

    private Reply takePhotos(Visit visit, StaffScope scope) {
        try (Upload upload = visit.upload(desk.uploads(), PhotoImport.FILE_BYTES_MAX)) {
            return done(visit, photos.run(scope, file(upload)));
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded zip cannot be read", disk);
        }
    }

    private static ImportFile file(Upload upload) {
        return new ImportFile(upload.file(), upload.fileName(), upload.digest());
    }

    private static Reply done(Visit visit, ImportRecord record) {
        if (!record.isRefused()) {
            visit.flash(
                    record.failed() == 0 ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                    visit.text("intake.done", record.taken(), record.failed()));
        }
        return Reply.seeOther("/imports/" + record.id());
    }
}
