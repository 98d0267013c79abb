package io.invigil.hub.print;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.grid.GridBook;
import io.invigil.hub.grid.GridCell;
import io.invigil.hub.grid.GridCell.Look;
import io.invigil.hub.grid.GridRow;
import io.invigil.hub.grid.GridSheet;
import io.invigil.hub.grid.GridWorkbook;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Sites;
import io.invigil.testkit.StoreContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The prints of domain section 7 and S4 section 5.2.8: the cells of the sources, in PDF and Excel
 * alike.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintsTest {
    @TempDir static Path directory;
    private static final PdfFonts FONTS = new PdfFonts();

    private final RoomSheets sheets = new RoomSheets();
    private final GridPdf pdf = new GridPdf(FONTS);
    private Database database;
    private RoomSheet sheet;

    @BeforeAll
    void seatPeople() {
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, java.time.Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", RoomSheets.class));
        ScoringWorld world = new ScoringWorld(database, PassRule.ALL_SUBJECTS, false);
        for (String name : List.of("王小二", "欧阳䶮", "张㛃", "买买提·吐尔逊江")) {
            world.person(name, "");
        }
        sheet =
                world.inTx(
                        tx -> {
                            RoomId room = new RoomId(1);
                            List<ArrangedSitting> seated =
                                    new ArrangedSittings()
                                            .ofSlotAndRooms(
                                                    tx,
                                                    world.tenant,
                                                    world.plan,
                                                    world.slot,
                                                    List.of(room));
                            Map<LevelId, CertificateLevel> levels = new HashMap<>();
                            world.content
                                    .levels(tx, world.tenant, world.plan)
                                    .forEach(level -> levels.put(level.id(), level));
                            var place = new Rooms().find(tx, world.tenant, room).orElseThrow();
                            return new RoomSheet(
                                    world.plans.find(tx, world.tenant, world.plan).orElseThrow(),
                                    world.content.slot(tx, world.tenant, world.slot).orElseThrow(),
                                    new Sites().find(tx, world.tenant, place.site()).orElseThrow(),
                                    place,
                                    "北方交通职业学院",
                                    levels,
                                    seated,
                                    "王老勇（JK991216）、李虹（JK157822）",
                                    "张丽（KK867114）");
                        });
    }

    @AfterAll
    void close() {
        database.close();
    }

    private String text(GridBook book, String name) throws IOException {
        assertThat(pdf.missing(book)).isEmpty();
        byte[] bytes = pdf.write(book);
        Files.write(Path.of("target", name + ".pdf"), bytes);
        Files.write(Path.of("target", name + ".xlsx"), new GridWorkbook().write(book));
        try (PDDocument document = Loader.loadPDF(bytes)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    private AdmissionTicket ticketOf(String name) {
        List<ArrangedSitting> own =
                sheet.seated().stream().filter(s -> s.candidate().name().equals(name)).toList();
        return new AdmissionTicket(
                sheet.plan(),
                sheet.site(),
                own,
                Map.of(sheet.slot().id(), sheet.slot()),
                sheet.levels(),
                Optional.empty());
    }

    private List<GridBook> all() {
        return List.of(
                sheets.doorSticker(sheet),
                sheets.deskStickers(sheet),
                sheets.signInSheet(sheet),
                new TicketSheets().book(ticketOf("欧阳䶮")));
    }

    @Test
    void deskStickersHoldTheFieldsOfTheSourceWithPinAndCode() throws IOException {
        GridBook book = sheets.deskStickers(sheet);
        assertThat(text(book, "desks"))
                .contains("王小二", "欧阳䶮", "张㛃", "买买提·吐尔逊江")
                .contains("考生编号", "准考证号", "身份证号", "考试科目", "考试证书", "座位号", "登录密码")
                .contains("482913", "370*****")
                .doesNotContain("37060220050101");
        assertThat(rows(book, 0).get(0)).containsExactly("考生姓名", "王小二", "", "", "考生姓名", "欧阳䶮", "");
        assertThat(rows(book, 0).get(5).get(1)).isEqualTo("智能新能源汽车职业技能等级证书(初级)");
        assertThat(rows(book, 0).stream().map(row -> row.get(0)).limit(8))
                .containsExactly("考生姓名", "考生编号", "准考证号", "身份证号", "考试科目", "考试证书", "座位号", "登录密码");
    }

    /**
     * Domain, section 3: masked except for tasks that need the number, by a setting of the plan.
     */
    @Test
    void deskStickersShowTheWholeIdNumberWhereThePlanSaysSo() throws IOException {
        Plan plan = sheet.plan();
        Plan open =
                database.inTransaction(
                        tx -> {
                            tx.update(
                                            "update exam_plan set full_id_on_stickers = true where"
                                                    + " id = :id")
                                    .bind("id", plan.id().value())
                                    .execute();
                            Plan changed =
                                    new Plans().find(tx, plan.tenant(), plan.id()).orElseThrow();
                            tx.update(
                                            "update exam_plan set full_id_on_stickers = false where"
                                                    + " id = :id")
                                    .bind("id", plan.id().value())
                                    .execute();
                            return changed;
                        });
        RoomSheet shown =
                new RoomSheet(
                        open,
                        sheet.slot(),
                        sheet.site(),
                        sheet.room(),
                        sheet.school(),
                        sheet.levels(),
                        sheet.seated(),
                        sheet.proctors(),
                        sheet.patrols());
        GridBook book = sheets.deskStickers(shown);
        String whole = sheet.seated().getFirst().candidate().idNumber();
        assertThat(rows(book, 0).get(3)).contains(whole);
        assertThat(rows(sheets.deskStickers(sheet), 0).get(3)).doesNotContain(whole);
    }

    @Test
    void signInSheetHasTheLayoutOfTheSourceAndOnePagePerSubject() throws IOException {
        GridBook book = sheets.signInSheet(sheet);
        assertThat(text(book, "sign-in")).contains("北方交通职业学院新能源", "王老勇", "张丽");
        try (PDDocument document = Loader.loadPDF(pdf.write(book))) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
        }
        List<List<String>> rows = rows(book, 0);
        assertThat(rows.get(0).get(0)).isEqualTo("考场签到表");
        assertThat(labels(rows.get(2))).containsExactly("考核站点", "所属院校");
        assertThat(labels(rows.get(3))).containsExactly("考试证书", "证书等级");
        assertThat(labels(rows.get(4))).containsExactly("监考老师", "巡考老师");
        assertThat(labels(rows.get(5))).containsExactly("实考人数", "缺考人数");
        assertThat(rows.get(6)).containsExactly("准考证号", "所属院校", "座位号", "到场时间", "考生签名");
        assertThat(rows.get(7).get(1)).isEqualTo("北方交通职业学院");
    }

    private static List<String> labels(List<String> row) {
        return List.of(row.get(0), row.get(2));
    }

    @Test
    void doorStickerListsSeatsAndNamesInTwoColumns() throws IOException {
        GridBook book = sheets.doorSticker(sheet);
        assertThat(text(book, "door")).contains("13号机房", "2026-11-20 09:00~11:00", "买买提·吐尔逊江");
        List<List<String>> rows = rows(book, 0);
        assertThat(labels(rows.get(0))).containsExactly("考试科目", "考试时间");
        assertThat(labels(rows.get(1))).containsExactly("考试证书", "考场名称");
        assertThat(rows.get(2)).containsExactly("座位号", "考生姓名", "座位号", "考生姓名");
        assertThat(rows.get(3)).containsExactly("1", "王小二", "2", "欧阳䶮");
    }

    @Test
    void admissionTicketHoldsTheFieldsOfTheSourceUnderItsFileName() throws IOException {
        AdmissionTicket ticket = ticketOf("欧阳䶮");
        assertThat(ticket.fileName("pdf"))
                .startsWith("欧阳䶮(20261120")
                .endsWith(")-智能新能源汽车职业技能等级证书准考证.pdf");
        GridBook book = new TicketSheets().book(ticket);
        assertThat(text(book, "ticket"))
                .contains("学生姓名", "身份证号", "考生编号", "准考证号", "所属院校", "考核站点", "考点地址", "考试须知")
                .contains("2026-11-20 09:00~11:00", "370*****", "13号机房", "机考")
                .doesNotContain("37060220050101");
        assertThat(rows(book, 0))
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .containsExactly(
                                                "考试证书", "", "考试科目", "考试方式", "考试时间", "考场名称", "座位号"));
    }

    /** S4 section 5.2.8.2: what its tables show, cell after cell and line after line. */
    @Test
    void excelAndPdfHaveTheCellsInTheOrderOfTheSource() throws IOException {
        assertOrder(
                sheets.doorSticker(sheet),
                "考试科目 考试时间 考试证书 考场名称 座位号 考生姓名 座位号 考生姓名 1 王小二 2 欧阳䶮 3 张㛃 4");
        assertOrder(
                sheets.deskStickers(sheet),
                "考生姓名 王小二 考生姓名 欧阳䶮 考生编号 考生编号 准考证号 准考证号 身份证号 身份证号 "
                        + "考试科目 考试科目 考试证书 考试证书 座位号 1 座位号 2 考生姓名 张㛃 考生姓名");
        assertOrder(
                sheets.signInSheet(sheet),
                "考场签到表 考核站点 所属院校 考试证书 证书等级 监考老师 巡考老师 实考人数 缺考人数 " + "准考证号 所属院校 座位号 到场时间 考生签名");
        assertOrder(
                new TicketSheets().book(ticketOf("欧阳䶮")),
                "学生姓名 欧阳䶮 性别 身份证号 考生编号 准考证号 所属院校 考核站点 考点地址 " + "考试证书 考试科目 考试方式 考试时间 考场名称 座位号 考试须知");
    }

    /** The words stand in this order, both in the Excel file's cells and in the printed lines. */
    private void assertOrder(GridBook book, String wanted) throws IOException {
        List<String> cells =
                rows(book, 0).stream().flatMap(List::stream).filter(c -> !c.isEmpty()).toList();
        List<String> words = List.of(wanted.split(" "));
        assertThat(cells).as("Excel: " + book.title()).containsSubsequence(words);
        String printed = text(book, "order").replaceAll("\\s", "");
        assertThat(printed)
                .as("PDF: " + book.title())
                .containsSubsequence(words.toArray(String[]::new));
    }

    @Test
    void everyPrintIsTheSameBytesWhenRepeatedInBothForms() throws Exception {
        for (GridBook book : all()) {
            assertThat(new GridPdf(new PdfFonts()).write(book)).isEqualTo(pdf.write(book));
            byte[] first = new GridWorkbook().write(book);
            assertThat(new GridWorkbook().write(book)).isEqualTo(first);
        }
    }

    @Test
    void everyTextOfTheExcelFileStandsInThePdf() throws IOException {
        for (GridBook book : all()) {
            try (PDDocument document = Loader.loadPDF(pdf.write(book))) {
                String printed = new PDFTextStripper().getText(document).replaceAll("\\s", "");
                for (int at = 0; at < book.sheets().size(); at++) {
                    rows(book, at).stream()
                            .flatMap(List::stream)
                            .map(cell -> cell.replaceAll("\\s", ""))
                            .filter(cell -> !cell.isEmpty())
                            .forEach(cell -> assertThat(printed).contains(cell));
                }
            }
        }
    }

    @Test
    void namesTheCharactersThatNoFontHasAndWhereTheyStand() {
        GridBook book = named("吴\uD842\uDFB7");
        assertThat(new PrintCheck(new PdfFonts()).check(List.of(book)))
                .containsExactly(
                        new PrintCheck.Unprintable(
                                "\uD842\uDFB7", "U+20BB7", List.of("吴\uD842\uDFB7")));
    }

    @Test
    void takesACharacterTheFontLacksFromAnInstalledFont() throws IOException {
        PdfFonts fonts = new PdfFonts(SpareFonts.ofSystem());
        GridBook book = named("吴\uD842\uDFB7");
        assumeTrue(
                new PrintCheck(fonts).check(List.of(book)).isEmpty(),
                "no installed font has U+20BB7 (LXGW WenKai, Noto Sans CJK)");
        byte[] bytes = new GridPdf(fonts).write(book);
        Files.write(Path.of("target", "spare.pdf"), bytes);
        assertThat(new GridPdf(new PdfFonts(SpareFonts.ofSystem())).write(book)).isEqualTo(bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            String content = new String(document.getPage(0).getContents().readAllBytes(), US_ASCII);
            assertThat(content).contains("/ActualText <FEFFD842DFB7>");
        }
    }

    private GridBook named(String name) {
        return new GridBook(
                "test",
                sheet.slot().time().from(),
                List.of(
                        new GridSheet(
                                "test",
                                List.of(60.0),
                                List.of(
                                        List.of(
                                                GridRow.of(
                                                        20,
                                                        GridCell.text(
                                                                0,
                                                                name,
                                                                Look.VALUE.ofSize(20))))))));
    }

    @Test
    void libreOfficeReadsTheExcelFilesAsTheyWereWritten() throws Exception {
        LibreOffice.isNeeded();
        List<Path> files = new ArrayList<>();
        for (GridBook book : all()) {
            Path file = directory.resolve("print-" + files.size() + ".xlsx");
            files.add(Files.write(file, new GridWorkbook().write(book)));
        }
        Map<String, Map<String, String>> read = LibreOffice.read(files, directory);
        for (Path file : files) {
            assertThat(read.get(file.getFileName().toString()))
                    .isNotEmpty()
                    .isEqualTo(LibreOffice.cells(file));
        }
    }

    /** Cells of a sheet of the Excel file as POI reads them, blank ones as empty texts. */
    private static List<List<String>> rows(GridBook book, int sheet) throws IOException {
        try (XSSFWorkbook workbook =
                new XSSFWorkbook(new ByteArrayInputStream(new GridWorkbook().write(book)))) {
            List<List<String>> rows = new ArrayList<>();
            int columns = book.sheets().get(sheet).columnsMm().size();
            for (Row row : workbook.getSheetAt(sheet)) {
                List<String> cells = new ArrayList<>();
                for (int at = 0; at < columns; at++) {
                    Cell cell = row.getCell(at);
                    cells.add(cell == null ? "" : cell.getStringCellValue());
                }
                rows.add(cells);
            }
            return rows;
        }
    }
}
