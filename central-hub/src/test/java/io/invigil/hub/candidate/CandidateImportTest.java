package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateImportTest {
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
        private CandidateImport imports;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            world = new HubWorld(database());
            imports = new CandidateImport(database(), world.clock);
        }

        private ImportFile workbook(List<List<String>> rows) throws IOException {
            Path file = Files.createTempFile(files, "book", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets().template(out, CandidateImport.Mode.ADD, rows, List.of());
            }
            return ImportFile.of(file);
        }

        private ImportRecord add(StaffScope scope, List<List<String>> rows) throws IOException {
            return imports.run(scope, workbook(rows), CandidateImport.Mode.ADD);
        }

        private long count(StaffScope scope) {
            return database()
                    .inTransaction(
                            tx ->
                                    new Candidates()
                                            .count(
                                                    tx,
                                                    scope,
                                                    CandidateFilter.ofSchool(
                                                            scope.organisation().id())));
        }

        private List<FailedRow> failed(ImportRecord record) {
            return database().inTransaction(tx -> new ImportRecords().failed(tx, record, 100_000));
        }

        private static List<String> with(List<String> row, int column, String value) {
            List<String> changed = new ArrayList<>(row);
            changed.set(column, value);
            return changed;
        }

        @Test
        void takesSoundRowsAndKeepsRareCharacters() throws IOException {
            List<List<String>> rows = new ArrayList<>(MadeUpPeople.rows(0, 5));
            rows.set(0, with(rows.get(0), 0, "𠮷㛃䶮"));
            ImportRecord record = add(world.clerk, rows);
            assertThat(record.added()).isEqualTo(5);
            assertThat(record.failed()).isZero();
            Candidate first =
                    database()
                            .inTransaction(
                                    tx ->
                                            new Candidates()
                                                    .findByIdNumbers(
                                                            tx,
                                                            world.tenant,
                                                            List.of(MadeUpPeople.idNumber(0))))
                            .get(MadeUpPeople.idNumber(0));
            assertThat(first.name()).isEqualTo("𠮷㛃䶮");
            assertThat(first.number()).hasSize(15).startsWith("2026");
            assertThat(first.gender()).isEqualTo(Gender.FEMALE);
        }

        @Test
        void aSecondUploadOfTheSameFileChangesNothing() throws IOException {
            ImportFile file = workbook(MadeUpPeople.rows(0, 20));
            imports.run(world.clerk, file, CandidateImport.Mode.ADD);
            ImportRecord again = imports.run(world.clerk, file, CandidateImport.Mode.ADD);
            assertThat(again.added()).isZero();
            assertThat(again.changed()).isZero();
            assertThat(again.failed()).isZero();
            assertThat(again.unchanged()).isEqualTo(20);
            assertThat(count(world.clerk)).isEqualTo(20);
        }

        @Test
        void refusesRowsOneByOneAndTakesTheOthers() throws IOException {
            List<List<String>> rows = new ArrayList<>(MadeUpPeople.rows(0, 6));
            rows.set(1, with(rows.get(1), 2, rows.get(1).get(2).substring(0, 17) + "A"));
            rows.set(2, with(rows.get(2), 0, ""));
            rows.set(3, with(rows.get(3), 3, "12345"));
            rows.set(4, with(rows.get(4), 2, rows.get(0).get(2)));
            ImportRecord record = add(world.clerk, rows);
            assertThat(record.added()).isEqualTo(2);
            assertThat(record.failed()).isEqualTo(4);
            assertThat(failed(record))
                    .extracting(row -> row.row() + " " + codes(row))
                    .containsExactly(
                            "3 [ID_CHARACTERS]",
                            "4 [CELL_REQUIRED]",
                            "5 [MOBILE_MALFORMED]",
                            "6 [DUPLICATE_IN_FILE]");
            assertThat(failed(record).get(3).issues().get(0).detail()).isEqualTo("2");
        }

        private static List<String> codes(FailedRow row) {
            return row.issues().stream().map(RowIssue::code).toList();
        }

        @Test
        void refusesKnownCandidatesWithOtherDataAndThoseOfOtherSchools() throws IOException {
            List<List<String>> rows = MadeUpPeople.rows(0, 1);
            add(world.clerk, rows);
            ImportRecord other = add(world.clerk, List.of(with(rows.get(0), 4, "物流管理")));
            assertThat(codes(failed(other).get(0))).containsExactly("CANDIDATE_EXISTS_DIFFERENT");
            ImportRecord foreign = add(world.otherClerk, rows);
            assertThat(codes(failed(foreign).get(0))).containsExactly("CANDIDATE_OF_OTHER_SCHOOL");
            assertThat(count(world.otherClerk)).isZero();
        }

        @Test
        void aCorrectedSheetOfFailedRowsIsTaken() throws IOException {
            List<List<String>> rows = new ArrayList<>(MadeUpPeople.rows(0, 2));
            String sound = rows.get(1).get(3);
            rows.set(1, with(rows.get(1), 3, "1"));
            ImportRecord record = add(world.clerk, rows);
            List<FailedRow> failed = failed(record);
            FailedRow corrected =
                    new FailedRow(2, with(failed.get(0).cells(), 3, sound), failed.get(0).issues());
            Path file = files.resolve("failed.xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets()
                        .failed(
                                out,
                                CandidateImport.columns(CandidateImport.Mode.ADD),
                                List.of(corrected),
                                RowIssue::code);
            }
            ImportRecord second =
                    imports.run(world.clerk, ImportFile.of(file), CandidateImport.Mode.ADD);
            assertThat(second.refusal()).isEmpty();
            assertThat(second.added()).isEqualTo(1);
        }

        @Test
        void changesOnlyWhatTheSheetNames() throws IOException {
            add(world.clerk, MadeUpPeople.rows(0, 2));
            List<String> row = List.of("", "", MadeUpPeople.idNumber(0), "", "物流管理", "", "", "");
            ImportRecord changed =
                    imports.run(world.clerk, workbook(List.of(row)), CandidateImport.Mode.CHANGE);
            assertThat(changed.changed()).isEqualTo(1);
            Candidate stored =
                    database()
                            .inTransaction(
                                    tx ->
                                            new Candidates()
                                                    .findByIdNumbers(
                                                            tx,
                                                            world.tenant,
                                                            List.of(MadeUpPeople.idNumber(0))))
                            .get(MadeUpPeople.idNumber(0));
            assertThat(stored.major()).isEqualTo("物流管理");
            assertThat(stored.mobile()).isEqualTo("13800000000");
        }

        @Test
        void aBrokenFileIsRecordedAndChangesNothing() throws IOException {
            ImportFile whole = workbook(MadeUpPeople.rows(0, 50));
            byte[] bytes = Files.readAllBytes(whole.path());
            for (int cut : new int[] {10, bytes.length / 2, bytes.length - 1}) {
                Path file = Files.createTempFile(files, "cut", ".xlsx");
                Files.write(file, java.util.Arrays.copyOf(bytes, cut));
                ImportRecord record =
                        imports.run(world.clerk, ImportFile.of(file), CandidateImport.Mode.ADD);
                assertThat(record.refusal()).isEqualTo("SHEET_BROKEN");
            }
            assertThat(count(world.clerk)).isZero();
            List<ImportRecord> recent =
                    database().inTransaction(tx -> new ImportRecords().recent(tx, world.clerk));
            assertThat(recent).hasSize(3);
        }

        @Test
        void refusesOneRowMoreThanAHundredThousand() throws IOException {
            ImportRecord more =
                    add(world.otherClerk, MadeUpPeople.rows(0, SheetReader.ROWS_MAX + 1));
            assertThat(more.refusal()).isEqualTo("SHEET_TOO_MANY_ROWS");
            assertThat(count(world.otherClerk)).isZero();
        }

        @Test
        void nobodySeesAnotherSchoolsImports() throws IOException {
            ImportRecord record = add(world.clerk, MadeUpPeople.rows(0, 1));
            database()
                    .useTransaction(
                            tx -> {
                                ImportRecords records = new ImportRecords();
                                assertThat(records.findVisible(tx, world.clerk, record.id()))
                                        .isPresent();
                                assertThat(records.findVisible(tx, world.otherClerk, record.id()))
                                        .isEmpty();
                                assertThat(records.recent(tx, world.otherClerk)).isEmpty();
                            });
        }
    }
}
