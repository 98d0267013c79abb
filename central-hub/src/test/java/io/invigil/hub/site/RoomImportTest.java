package io.invigil.hub.site;

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
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetWriter;
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

/** Source 004 section 5.2.5 (批量导入考场信息, 导入记录) and domain section 3a. */
class RoomImportTest {
    private static final String LEVEL = "网店运营推广职业技能等级证书（初级）";

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
        private String site;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            plan = world.planOfBoth("K" + world.tenant);
            world.level(plan, List.of());
            site = "第一职业学院网店运营考核站点";
            world.site();
        }

        private ImportRecord run(StaffScope who, List<SheetColumn> columns, List<List<String>> rows)
                throws IOException {
            Path file = Files.createTempFile(files, "rooms", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new SheetWriter().write(out, "考场", columns, rows, "", List.of());
            }
            return new RoomImport(database(), world.clock).run(who, plan, ImportFile.of(file));
        }

        @SafeVarargs
        private final ImportRecord run(List<String>... rows) throws IOException {
            List<List<String>> all = new ArrayList<>();
            for (List<String> row : rows) {
                all.add(row);
            }
            return run(world.clerk, RoomImport.columns(), all);
        }

        private List<String> row(String name, String types, String seats, String broken) {
            return List.of(site, name, types, seats, "5", "一号楼" + name, LEVEL, broken, "1");
        }

        private List<Room> rooms() {
            return database().inTransaction(tx -> new Rooms().ofPlan(tx, world.tenant, plan.id()));
        }

        private List<RowIssue> issues(ImportRecord record) {
            return database()
                    .inTransaction(tx -> new ImportRecords().failed(tx, record, 100))
                    .stream()
                    .map(FailedRow::issues)
                    .map(List::getFirst)
                    .toList();
        }

        @Test
        void aRowIsARoomWithItsTypesSeatsAndCertificates() throws IOException {
            ImportRecord done = run(row("107室", "笔试, 机考+实操", "20", "3, 7-9"));
            assertThat(done.added()).isEqualTo(1);
            Room room = rooms().getFirst();
            assertThat(room.name()).isEqualTo("107室");
            assertThat(room.types())
                    .containsExactlyInAnyOrder(ExamMode.WRITTEN, ExamMode.COMPUTER_AND_PRACTICAL);
            assertThat(room.seats()).isEqualTo(20);
            assertThat(room.columns()).isEqualTo(5);
            assertThat(room.broken()).containsExactlyInAnyOrder(3, 7, 8, 9);
            assertThat(room.accessible()).containsExactly(1);
            assertThat(room.levels()).hasSize(1);
        }

        @Test
        void aSecondUploadChangesNothingAndACorrectedRowChangesItsRoom() throws IOException {
            run(row("107室", "机考", "20", ""), row("108室", "机考", "30", ""));
            ImportRecord again = run(row("107室", "机考", "20", ""), row("108室", "机考", "30", ""));
            assertThat(again.unchanged()).isEqualTo(2);
            assertThat(again.added() + again.changed() + again.failed()).isZero();
            ImportRecord better = run(row("107室", "机考", "24", ""), row("108室", "机考", "30", ""));
            assertThat(better.changed()).isEqualTo(1);
            assertThat(rooms()).extracting(Room::seats).containsExactly(24, 30);
        }

        @Test
        void aRowThatIsNotTakenNamesColumnAndRuleAndTheOthersAreTaken() throws IOException {
            ImportRecord done =
                    run(
                            row("107室", "机考", "20", ""),
                            row("107室", "机考", "20", ""),
                            row("108室", "上机", "20", ""),
                            row("109室", "机考", "501", ""),
                            row("110室", "机考", "20", "21"),
                            row("", "机考", "20", ""));
            assertThat(done.added()).isEqualTo(1);
            assertThat(done.failed()).isEqualTo(5);
            assertThat(issues(done))
                    .containsExactly(
                            new RowIssue(3, "考场名称", "ROOM_TWICE_IN_FILE", "2"),
                            new RowIssue(4, "考场类型", "ROOM_TYPE_UNKNOWN", "上机"),
                            new RowIssue(5, "考位数", "ROOM_SEATS_RANGE", "500"),
                            new RowIssue(6, "停用的座位", "ROOM_SEAT_NUMBERS", "20"),
                            new RowIssue(7, "考场名称", "CELL_REQUIRED", ""));
        }

        @Test
        void anotherSchoolsSiteIsUnknown() throws IOException {
            ImportRecord done =
                    run(
                            world.otherClerk,
                            RoomImport.columns(),
                            List.of(row("107室", "机考", "20", "")));
            assertThat(issues(done))
                    .extracting(RowIssue::code)
                    .containsExactly("ROOM_SITE_UNKNOWN");
            assertThat(rooms()).isEmpty();
        }

        /** What is exported can be corrected and imported: a round trip of the source's columns. */
        @Test
        void theExportedSheetIsImportedAndKeepsTheSeatLayout() throws IOException {
            run(row("107室", "机考", "20", "3"));
            List<SheetColumn> columns =
                    RoomTransferPages.sheet().headers().stream()
                            .map(name -> new SheetColumn(name, false, 20))
                            .toList();
            List<String> exported =
                    List.of(
                            plan.name(),
                            site,
                            "第一职业学院",
                            "107室",
                            "机考",
                            "22",
                            "山东省济南市",
                            "一号楼107室",
                            LEVEL,
                            "未排考");
            ImportRecord done = run(world.clerk, columns, List.of(exported));
            assertThat(done.refusal()).isEmpty();
            assertThat(done.changed()).isEqualTo(1);
            assertThat(rooms().getFirst().seats()).isEqualTo(22);
            assertThat(rooms().getFirst().broken()).containsExactly(3);
        }
    }
}
