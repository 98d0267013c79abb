package io.invigil.hub.importjob;

import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Uploads of every kind of import: stored, then answered with the import's page. Thread-safe. */
public final class ImportUploads {
    private final StaffDesk desk;
    private final ImportJobs jobs;
    private final ImportRecords records = new ImportRecords();

    public ImportUploads(StaffDesk desk, ImportJobs jobs) {
        this.desk = desk;
        this.jobs = jobs;
    }

    /**
     * Takes the request's body.
     *
     * @param bytesMax of the file; a larger one is answered 413
     */
    public Reply take(Visit visit, ImportOrder order, long bytesMax) {
        try (Upload upload = visit.upload(desk.uploads(), bytesMax)) {
            ImportFile file = new ImportFile(upload.file(), upload.fileName(), upload.digest());
            ImportRecordId id = jobs.submit(order, file);
            finished(order.scope().tenant(), id).ifPresent(record -> tell(visit, record));
            return Reply.seeOther("/imports/" + id);
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded file cannot be read", disk);
        }
    }

    private Optional<ImportRecord> finished(TenantId tenant, ImportRecordId id) {
        return desk.inTransaction(
                tx ->
                        jobs.progress(tx, tenant, id).isPresent()
                                ? Optional.empty()
                                : records.find(tx, tenant, id));
    }

    private static void tell(Visit visit, ImportRecord record) {
        if (!record.isRefused()) {
            visit.flash(
                    record.failed() == 0 ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                    visit.text("intake.done", record.taken(), record.failed()));
        }
    }
}
