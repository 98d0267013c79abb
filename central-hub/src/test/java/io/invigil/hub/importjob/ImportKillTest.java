package io.invigil.hub.importjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.TenantId;
import io.invigil.testkit.PostgresServer;
import io.invigil.testkit.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is killed inside an import (issue 4, part 12: "imports … survive a restart"; "a
 * second upload of the same file changes nothing").
 */
class ImportKillTest {
    private static final TenantId TENANT = new TenantId(1);
    private static final int ROWS = 7_000;
    private static final int STILL = 2 * SheetWork.ROWS_AT_ONCE;

    @TempDir Path directory;

    @Test
    void aHubKilledInTheMiddleOfAStepGoesOnWithoutRowsTwiceOnDerby() throws Exception {
        killAndGoOn(directory.resolve("db").toString());
    }

    @Test
    void aHubKilledInTheMiddleOfAStepGoesOnWithoutRowsTwiceOnPostgresql() throws Exception {
        DatabaseSettings fresh = PostgresServer.shared().newDatabase();
        killAndGoOn(((DatabaseSettings.Postgres) fresh).url());
    }

    private void killAndGoOn(String place) throws Exception {
        Path sheet = sheet();
        kill(place, sheet);
        // the killed process's lease is over for this one
        Clock later =
                Clock.offset(Clock.systemUTC(), ImportSteps.LEASE.plus(Duration.ofSeconds(1)));
        try (Database database = Database.open(KilledImport.settings(place), later)) {
            TestClock clock = new TestClock(HubWorld.NOW);
            ImportJobs jobs =
                    new ImportJobs(database, clock, directory, "second")
                            .register(
                                    CandidateImport.Mode.ADD.kind(),
                                    new CandidateImport(database, clock));
            ImportRecordId record = new ImportRecordId(1);
            assertThat(progress(database, jobs, record))
                    .hasValueSatisfying(
                            progress -> {
                                assertThat(progress.done()).isEqualTo(STILL);
                                assertThat(progress.total()).hasValue(ROWS);
                                assertThat(progress.waiting()).isTrue();
                            });
            assertThat(count(database, "candidate")).isEqualTo(STILL - 1);
            assertThat(jobs.round()).isEqualTo(1);
            finished(database, record, jobs);
            assertThat(jobs.round()).isZero();
        }
    }

    private static void finished(Database database, ImportRecordId record, ImportJobs jobs) {
        ImportRecords records = new ImportRecords();
        ImportRecord done =
                database.inTransaction(tx -> records.find(tx, TENANT, record)).orElseThrow();
        assertThat(done.added()).isEqualTo(ROWS - 2);
        assertThat(done.failed()).isEqualTo(2);
        List<FailedRow> failed = database.inTransaction(tx -> records.failed(tx, done, 10));
        assertThat(failed).extracting(FailedRow::row).containsExactly(12, 6_002);
        assertThat(progress(database, jobs, record)).isEmpty();
        assertThat(count(database, "candidate")).isEqualTo(ROWS - 2);
        assertThat(count(database, "audit_inbox where subject = 'candidate'")).isEqualTo(ROWS - 2);
        assertThat(count(database, "import_part")).isZero();
    }

    private static Optional<ImportProgress> progress(
            Database database, ImportJobs jobs, ImportRecordId record) {
        return database.inTransaction(tx -> jobs.progress(tx, TENANT, record));
    }

    private static int count(Database database, String from) {
        return database.inTransaction(
                tx -> tx.query("select count(*) from " + from).mapTo(Integer.class).one());
    }

    private Path sheet() throws IOException {
        List<List<String>> rows = new ArrayList<>(MadeUpPeople.rows(0, ROWS));
        // before the kill a row without a mobile; after it one that repeats a row from before it
        List<String> wrong = new ArrayList<>(rows.get(10));
        wrong.set(3, "");
        rows.set(10, wrong);
        rows.set(6_000, rows.get(5));
        Path sheet = directory.resolve("candidates.xlsx");
        try (OutputStream out = Files.newOutputStream(sheet)) {
            new CandidateSheets().template(out, CandidateImport.Mode.ADD, rows, List.of());
        }
        return sheet;
    }

    private static void kill(String place, Path sheet) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-XX:TieredStopAtLevel=1",
                                KilledImport.class.getName(),
                                place,
                                sheet.toString(),
                                Integer.toString(STILL))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.equals(KilledImport.INSIDE)) {
                line = lines.readLine();
            }
            assertThat(line).as("the process was inside the step").isNotNull();
            process.toHandle().destroyForcibly();
        }
        assertThat(process.waitFor()).isNotZero();
    }
}
