package io.invigil.hub.importjob;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The files of unfinished imports. They stand in the database and not in a directory: so they are
 * encrypted with it, are there for every hub instance, and go when the import ends. Thread-safe.
 */
final class ImportFiles {
    private final Database database;
    private final Path directory;
    private final ImportJobStore store = new ImportJobStore();
    private final ImportRecords records = new ImportRecords();
    private final Organisations organisations = new Organisations();

    ImportFiles(Database database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    /** Stores the file in parts, a transaction each: one of half a gigabyte would be too long. */
    void store(ImportJob job, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(ImportJobs.PART_BYTES);
            for (int part = 0; content.length > 0; part++) {
                int number = part;
                byte[] bytes = content;
                database.useTransaction(tx -> store.addPart(tx, job, number, bytes));
                content = in.readNBytes(ImportJobs.PART_BYTES);
            }
        }
    }

    /** Writes the stored file for reading; the caller deletes it. */
    Path restore(ImportJob job) throws IOException {
        Path file = Files.createTempFile(directory, "import", ".tmp");
        try (OutputStream out = Files.newOutputStream(file)) {
            Optional<byte[]> content = part(job, 0);
            for (int next = 1; content.isPresent(); next++) {
                out.write(content.get());
                content = part(job, next);
            }
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
        return file;
    }

    private Optional<byte[]> part(ImportJob job, int part) {
        return database.inTransaction(tx -> store.part(tx, job, part));
    }

    /** The file under the name and digest it came with. */
    ImportFile named(ImportJob job, Path file) {
        ImportRecord record = database.inTransaction(tx -> record(tx, job));
        return new ImportFile(file, record.fileName(), Digest.ofHex(record.fileSha256()));
    }

    /** On whose behalf the file came, and for what. */
    ImportOrder order(ImportJob job) {
        return database.inTransaction(
                tx -> {
                    ImportRecord record = record(tx, job);
                    Organisation organisation =
                            organisations
                                    .find(tx, job.tenant(), record.organisation())
                                    .orElseThrow();
                    StaffRole role =
                            Arrays.stream(StaffRole.values())
                                    .filter(one -> one.code().equals(job.role()))
                                    .findFirst()
                                    .orElseThrow();
                    StaffScope scope =
                            new StaffScope(
                                    job.tenant(),
                                    record.login(),
                                    organisation,
                                    role,
                                    job.address());
                    return new ImportOrder(scope, record.kind(), job.plan(), job.level());
                });
    }

    private ImportRecord record(Tx tx, ImportJob job) {
        return records.find(tx, job.tenant(), job.record()).orElseThrow();
    }
}
