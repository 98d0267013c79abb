package io.invigil.hub.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.sheet.SheetWriter;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationImportTest {
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
        private Plan plan;
        private List<List<String>> people;
        private RegistrationImport imports;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePeople() throws IOException {
            world = new HubWorld(database());
            plan = world.plan("K1");
            world.subject(plan, world.level(plan, List.of()), "S1");
            people = MadeUpPeople.rows(0, 6);
            Path file = files.resolve("people.xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets().template(out, CandidateImport.Mode.ADD, people, List.of());
            }
            new CandidateImport(database(), world.clock)
                    .run(world.clerk, ImportFile.of(file), CandidateImport.Mode.ADD);
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            imports = new RegistrationImport(database(), world.clock, registrations);
        }

        private ImportRecord run(List<List<String>> rows) throws IOException {
            Path file = Files.createTempFile(files, "registrations", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new SheetWriter()
                        .write(
                                out,
                                RegistrationColumns.SHEET,
                                RegistrationColumns.all(),
                                rows,
                                "",
                                List.of());
            }
            return imports.run(world.clerk, plan, ImportFile.of(file));
        }

        private List<String> row(int at) {
            return List.of(people.get(at).get(0), people.get(at).get(2), "C100", "初级");
        }

        private List<String> failures(ImportRecord record) {
            return database()
                    .inTransaction(tx -> new ImportRecords().failed(tx, record, 100))
                    .stream()
                    .map(FailedRow::issues)
                    .map(issues -> issues.get(0).code())
                    .toList();
        }

        @Test
        void registersSoundRowsAndASecondUploadChangesNothing() throws IOException {
            List<List<String>> rows = List.of(row(0), row(1), row(2));
            ImportRecord first = run(rows);
            assertThat(first.added()).isEqualTo(3);
            assertThat(first.failed()).isZero();
            ImportRecord again = run(rows);
            assertThat(again.added()).isZero();
            assertThat(again.unchanged()).isEqualTo(3);
            assertThat(again.failed()).isZero();
        }

        @Test
        void namesEveryRowThatIsNotTaken() throws IOException {
            List<List<String>> rows = new ArrayList<>();
            rows.add(row(0));
            rows.add(row(0));
            rows.add(List.of("别人", people.get(1).get(2), "C100", "初级"));
            rows.add(List.of("某人", MadeUpPeople.idNumber(900), "C100", "初级"));
            rows.add(List.of(people.get(2).get(0), people.get(2).get(2), "C100", "高级"));
            rows.add(List.of(people.get(3).get(0), people.get(3).get(2), "", "初级"));
            ImportRecord record = run(rows);
            assertThat(record.added()).isEqualTo(1);
            assertThat(failures(record))
                    .containsExactly(
                            "DUPLICATE_IN_FILE",
                            "REG_NAME_DIFFERS",
                            "REG_CANDIDATE_UNKNOWN",
                            "REG_LEVEL_UNKNOWN",
                            "CELL_REQUIRED");
        }

        @Test
        void refusesTheFileOutsideTheWindow() throws IOException {
            world.clock.advance(Duration.ofDays(3));
            ImportRecord record = run(List.of(row(0)));
            assertThat(record.refusal()).isEqualTo("REG_WINDOW_CLOSED");
            assertThat(record.added()).isZero();
        }
    }
}
