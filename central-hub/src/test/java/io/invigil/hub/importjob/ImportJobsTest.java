package io.invigil.hub.importjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.candidate.PhotoImport;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports as jobs (issue 4, part 12; domain, section 3a). */
class ImportJobsTest {
    private static final ImportKind ADDED = ImportKind.CANDIDATES_ADDED;

    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        @TempDir Path files;
        private HubWorld world;
        private final ImportRecords records = new ImportRecords();

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            world = new HubWorld(database());
        }

        private ImportFile workbook(int rows) throws IOException {
            Path file = Files.createTempFile(files, "book", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets()
                        .template(
                                out,
                                CandidateImport.Mode.ADD,
                                MadeUpPeople.rows(0, rows),
                                List.of());
            }
            return ImportFile.of(file);
        }

        /** A zip too large to be taken while its sender waits, with nothing in it to be taken. */
        private ImportFile large() throws IOException {
            byte[] noise = new byte[(int) ImportJobs.AT_ONCE_BYTES_MAX + ImportJobs.PART_BYTES];
            new Random(4).nextBytes(noise);
            Path file = Files.createTempFile(files, "photos", ".zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.putNextEntry(new ZipEntry("班级合影.jpg"));
                zip.write(noise);
            }
            return ImportFile.of(file);
        }

        private ImportJobs jobs(String instance, Importer importer) {
            return new ImportJobs(database(), world.clock, files, instance)
                    .register(ADDED, importer)
                    .register(
                            ImportKind.PHOTOS,
                            new PhotoImport(database(), world.clock, Optional.empty()));
        }

        private Importer candidates() {
            return new CandidateImport(database(), world.clock);
        }

        private ImportOrder order(ImportKind kind) {
            return ImportOrder.of(world.clerk, kind);
        }

        private ImportRecord record(ImportRecordId id) {
            return database().inTransaction(tx -> records.find(tx, world.tenant, id)).orElseThrow();
        }

        private Optional<ImportProgress> progress(ImportJobs jobs, ImportRecordId id) {
            return database().inTransaction(tx -> jobs.progress(tx, world.tenant, id));
        }

        @Test
        void progressIsTheRowsWhoseStepsAreCommitted() throws IOException {
            List<Integer> seen = new ArrayList<>();
            ImportJobs[] all = new ImportJobs[1];
            Importer watched =
                    new WatchedImporter(
                            candidates(),
                            (tx, from, to) -> {
                                ImportProgress now =
                                        all[0].unfinished(tx, world.tenant)
                                                .values()
                                                .iterator()
                                                .next();
                                assertThat(now.total()).hasValue(4_500);
                                assertThat(now.waiting()).isFalse();
                                seen.add(now.done());
                                seen.add(now.percent());
                            },
                            WatchedImporter.Watch.NONE);
            all[0] = jobs("a", watched);
            ImportRecordId id = all[0].submit(order(ADDED), workbook(4_500));
            assertThat(seen).containsExactly(0, 0, 2_000, 44, 4_000, 88);
            assertThat(progress(all[0], id)).isEmpty();
            assertThat(record(id).added()).isEqualTo(4_500);
        }

        @Test
        void aRowThatNobodyForesawFailsAloneAndComesBackWithAReason() throws IOException {
            Importer broken =
                    new WatchedImporter(
                            candidates(),
                            (tx, from, to) -> {
                                if (from <= 70 && 70 < to) {
                                    throw new IllegalStateException("row 70 breaks");
                                }
                            },
                            WatchedImporter.Watch.NONE);
            ImportRecordId id = jobs("a", broken).submit(order(ADDED), workbook(100));
            ImportRecord done = record(id);
            assertThat(done.added()).isEqualTo(99);
            assertThat(done.failed()).isEqualTo(1);
            FailedRow failed = database().inTransaction(tx -> records.failed(tx, done, 10)).get(0);
            assertThat(failed.row()).isEqualTo(72);
            assertThat(failed.cells()).contains(MadeUpPeople.idNumber(70));
            assertThat(failed.issues().get(0).code()).isEqualTo("IMPORT_ROW_BROKEN");
        }

        @Test
        void theSameFileWhileItWaitsIsNoSecondImport() throws IOException {
            ImportJobs jobs = jobs("a", candidates());
            ImportFile file = large();
            ImportRecordId id = jobs.submit(order(ImportKind.PHOTOS), file);
            assertThat(progress(jobs, id)).map(ImportProgress::waiting).hasValue(true);
            assertThat(jobs.submit(order(ImportKind.PHOTOS), file)).isEqualTo(id);
            assertThat(jobs.round()).isEqualTo(1);
            assertThat(progress(jobs, id)).isEmpty();
            assertThat(record(id).failed()).isEqualTo(1);
            assertThat(record(id).fileSha256()).isEqualTo(file.digest().hex());
            assertThat(jobs.submit(order(ImportKind.PHOTOS), file)).isNotEqualTo(id);
            jobs.round();
        }

        @Test
        void aLargeFileIsTakenInTheBackground() throws Exception {
            try (ImportJobs jobs = jobs("a", candidates())) {
                jobs.start();
                ImportRecordId id = jobs.submit(order(ImportKind.PHOTOS), large());
                while (progress(jobs, id).isPresent()) {
                    Thread.sleep(20);
                }
                assertThat(record(id).failed()).isEqualTo(1);
            }
        }

        @Test
        void oneHubInstanceAtATimeWorksOnAJob() throws IOException {
            ImportJobs second = jobs("second", candidates());
            List<Integer> worked = new ArrayList<>();
            Importer watched =
                    new WatchedImporter(
                            candidates(),
                            WatchedImporter.Watch.NONE,
                            (tx, from, to) ->
                                    worked.add(new ImportJobStore().free(tx, tx.at(), 10).size()));
            jobs("first", watched).submit(order(ADDED), workbook(10));
            assertThat(worked).containsExactly(0);
            assertThat(second.round()).isZero();
        }

        @Test
        void whoLostTheJobTakesNothingMore() throws IOException {
            Importer robbed =
                    new WatchedImporter(
                            candidates(),
                            WatchedImporter.Watch.NONE,
                            (tx, from, to) ->
                                    tx.update("update import_job set holder = 'second'").execute());
            ImportJobs first = jobs("first", robbed);
            ImportFile file = workbook(10);
            assertThatThrownBy(() -> first.submit(order(ADDED), file))
                    .isInstanceOf(ImportSteps.ImportJobLost.class);
            int stored =
                    database()
                            .inTransaction(
                                    tx ->
                                            tx.query(
                                                            "select count(*) from candidate"
                                                                    + " where tenant = :tenant")
                                                    .bind("tenant", world.tenant.value())
                                                    .mapTo(Integer.class)
                                                    .one());
            assertThat(stored).isZero();
            database().useTransaction(new ImportJobStore()::releaseAll);
            jobs("third", candidates()).round();
            assertThat(
                            database()
                                    .inTransaction(tx -> records.recent(tx, world.clerk))
                                    .get(0)
                                    .added())
                    .isEqualTo(10);
        }

        @Test
        void anUploadThatNeverArrivedAsAWholeLeavesNoRecord() {
            ImportRecordId id =
                    database()
                            .inTransaction(
                                    tx -> {
                                        ImportRecordId next = records.begin(tx, world.tenant);
                                        records.add(tx, empty(next), List.of());
                                        ImportJob job = unstored(next);
                                        new ImportJobStore().add(tx, job);
                                        new ImportJobStore().addPart(tx, job, 0, new byte[10]);
                                        return next;
                                    });
            jobs("a", candidates()).round();
            Optional<ImportRecord> left =
                    database().inTransaction(tx -> records.find(tx, world.tenant, id));
            assertThat(left).isEmpty();
        }

        private ImportRecord empty(ImportRecordId id) {
            return new ImportRecord(
                    world.tenant,
                    id,
                    world.clerk.organisation().id(),
                    ADDED,
                    "a.xlsx",
                    "00",
                    "clerk",
                    HubWorld.NOW,
                    0,
                    0,
                    0,
                    0,
                    "",
                    "",
                    "");
        }

        private ImportJob unstored(ImportRecordId id) {
            return new ImportJob(
                    world.tenant,
                    id,
                    0,
                    0,
                    "school-clerk",
                    "",
                    false,
                    -1,
                    0,
                    1,
                    "gone",
                    Instant.EPOCH);
        }

        @Test
        void aJobThatNeverGetsOnIsGivenUpAndWhatItTookStays() throws IOException {
            boolean[] broken = {true};
            Importer failing =
                    new WatchedImporter(
                            candidates(),
                            (tx, from, to) -> {
                                if (broken[0] && from >= 2_000) {
                                    tx.query("select nothing from nowhere").mapToMap().list();
                                }
                            },
                            WatchedImporter.Watch.NONE);
            ImportJobs jobs = jobs("a", failing);
            ImportFile file = workbook(2_500);
            assertThatThrownBy(() -> jobs.submit(order(ADDED), file))
                    .as("the database is at fault, not a row")
                    .hasMessageContaining("nowhere");
            ImportRecord begun =
                    database().inTransaction(tx -> records.recent(tx, world.clerk)).get(0);
            assertThat(begun.added()).isEqualTo(2_000);
            for (int attempt = 0; attempt < ImportJobs.ATTEMPTS_MAX; attempt++) {
                assertThat(progress(jobs, begun.id())).isPresent();
                database().useTransaction(new ImportJobStore()::releaseAll);
                jobs.round();
            }
            assertThat(progress(jobs, begun.id())).isEmpty();
            assertThat(record(begun.id()).refusal()).isEqualTo("IMPORT_BROKEN");
            assertThat(record(begun.id()).taken()).isEqualTo(2_000);
            broken[0] = false;
            ImportRecord again = record(jobs.submit(order(ADDED), file));
            assertThat(again.unchanged()).isEqualTo(2_000);
            assertThat(again.added()).isEqualTo(500);
        }
    }
}
