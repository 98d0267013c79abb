package io.invigil.hub.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetReaderTest {
    @TempDir Path files;

    private final SheetReader reader =
            new SheetReader(
                    List.of(
                            new SheetColumn("姓名", true, 10),
                            new SheetColumn("身份证号", true, 20),
                            new SheetColumn("备注", false, 20)),
                    List.of("失败原因"));

    private interface Filling {
        void fill(Sheet sheet);
    }

    private Path xlsx(Filling filling) throws IOException {
        Path file = Files.createTempFile(files, "book", ".xlsx");
        try (Workbook workbook = new XSSFWorkbook();
                OutputStream out = Files.newOutputStream(file)) {
            filling.fill(workbook.createSheet("一"));
            workbook.write(out);
        }
        return file;
    }

    private static void row(Sheet sheet, int at, String... cells) {
        Row row = sheet.createRow(at);
        for (int column = 0; column < cells.length; column++) {
            row.createCell(column).setCellValue(cells[column]);
        }
    }

    private SheetReading.Refused refused(Path file) throws IOException {
        return (SheetReading.Refused) reader.read(file);
    }

    private List<SheetRow> rows(Path file) throws IOException {
        assertThat(reader.read(file)).isInstanceOf(SheetReading.Rows.class);
        return ((SheetReading.Rows) reader.read(file)).rows();
    }

    @Test
    void findsReorderedColumnsByNameWithStarsAndSpaces() throws IOException {
        Path file =
                xlsx(
                        sheet -> {
                            row(sheet, 0, " 身份证号", "备注", "＊姓 名", "失败原因");
                            row(sheet, 2, "1", "", "王小二", "旧原因");
                        });
        List<SheetRow> rows = rows(file);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).number()).isEqualTo(3);
        assertThat(rows.get(0).cell("姓名").text()).isEqualTo("王小二");
        assertThat(rows.get(0).cell("身份证号").text()).isEqualTo("1");
    }

    @Test
    void namesMissingUnknownAndDoubledHeaders() throws IOException {
        assertThat(refused(xlsx(sheet -> row(sheet, 0, "姓名", "身份证"))).code())
                .isEqualTo(SheetRefusal.SHEET_HEADERS_MISSING);
        SheetReading.Refused unknown = refused(xlsx(sheet -> row(sheet, 0, "姓名", "身份证号", "手机")));
        assertThat(unknown.code()).isEqualTo(SheetRefusal.SHEET_HEADERS_UNKNOWN);
        assertThat(unknown.detail()).isEqualTo("手机");
        assertThat(refused(xlsx(sheet -> row(sheet, 0, "姓名", "身份证号", "姓名"))).code())
                .isEqualTo(SheetRefusal.SHEET_HEADERS_DOUBLE);
        assertThat(refused(xlsx(sheet -> {})).code()).isEqualTo(SheetRefusal.SHEET_NO_HEADER);
        assertThat(refused(xlsx(sheet -> row(sheet, 0, "姓名", "身份证号"))).code())
                .isEqualTo(SheetRefusal.SHEET_NO_ROWS);
    }

    @Test
    void tellsNumbersFormulasAndErrorsFromText() throws IOException {
        Path file =
                xlsx(
                        sheet -> {
                            row(sheet, 0, "姓名", "身份证号", "备注");
                            Row row = sheet.createRow(1);
                            row.createCell(0).setCellFormula("\"王\"&\"二\"");
                            row.createCell(1).setCellValue(110101199003070000d);
                            row.createCell(2)
                                    .setCellErrorValue(
                                            org.apache.poi.ss.usermodel.FormulaError.REF.getCode());
                        });
        SheetRow row = rows(file).get(0);
        assertThat(row.cell("姓名").kind()).isEqualTo(SheetCell.Kind.FORMULA);
        assertThat(row.cell("姓名").text()).isEmpty();
        assertThat(row.cell("身份证号").kind()).isEqualTo(SheetCell.Kind.NUMBER);
        assertThat(row.cell("身份证号").text()).isEqualTo("110101199003070000");
        assertThat(row.cell("备注").kind()).isEqualTo(SheetCell.Kind.ERROR);
    }

    @Test
    void namesOldWorkbooksZipsTextsAndOtherFiles() throws IOException {
        Path xls = files.resolve("old.xlsx");
        try (Workbook workbook = new HSSFWorkbook();
                OutputStream out = Files.newOutputStream(xls)) {
            workbook.createSheet("一");
            workbook.write(out);
        }
        assertThat(refused(xls).code()).isEqualTo(SheetRefusal.SHEET_IS_XLS);
        Path zip = files.resolve("photos.xlsx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("1.jpg"));
            out.write(1);
        }
        assertThat(refused(zip).code()).isEqualTo(SheetRefusal.SHEET_IS_ZIP);
        assertThat(refused(file("姓名,身份证号\n".getBytes(StandardCharsets.UTF_8))).code())
                .isEqualTo(SheetRefusal.SHEET_IS_TEXT);
        assertThat(refused(file(new byte[] {0, 1, 2, 3})).code())
                .isEqualTo(SheetRefusal.SHEET_UNKNOWN_KIND);
        assertThat(refused(file(new byte[0])).code()).isEqualTo(SheetRefusal.SHEET_EMPTY_FILE);
    }

    private Path file(byte[] bytes) throws IOException {
        Path file = Files.createTempFile(files, "other", ".xlsx");
        Files.write(file, bytes);
        return file;
    }

    @Test
    void namesPasswordsAndMacros() throws Exception {
        Path locked = files.resolve("locked.xlsx");
        try (POIFSFileSystem system = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (OutputStream out = encryptor.getDataStream(system)) {
                out.write(Files.readAllBytes(xlsx(sheet -> row(sheet, 0, "姓名"))));
            }
            try (OutputStream out = Files.newOutputStream(locked)) {
                system.writeFilesystem(out);
            }
        }
        assertThat(refused(locked).code()).isEqualTo(SheetRefusal.SHEET_ENCRYPTED);
        Path macros = files.resolve("macros.xlsx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(macros))) {
            for (String name :
                    List.of("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(1);
            }
        }
        assertThat(refused(macros).code()).isEqualTo(SheetRefusal.SHEET_HAS_MACROS);
    }

    @Test
    void stopsAtABombBeforeUnpackingIt() throws IOException {
        Path bomb = files.resolve("bomb.xlsx");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            for (String name :
                    List.of("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")) {
                out.putNextEntry(new ZipEntry(name));
                for (int megabyte = 0; megabyte < 50; megabyte++) {
                    out.write(zeros);
                }
            }
        }
        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        assertThat(refused(bomb).code()).isEqualTo(SheetRefusal.SHEET_EXPANDS_TOO_FAR);
    }

    @Test
    void refusesADocumentTypeDeclaration() throws IOException {
        Path book = xlsx(sheet -> row(sheet, 0, "姓名", "身份证号"));
        String sheet =
                """
                <?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
                <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>
                </sheetData></worksheet>
                """;
        Path hostile = replaced(book, "xl/worksheets/sheet1.xml", sheet);
        assertThat(refused(hostile).code()).isEqualTo(SheetRefusal.SHEET_BROKEN);
    }

    @Test
    void survivesAHostileExponentAndASharedStringThatIsNotThere() throws IOException {
        Path book = xlsx(sheet -> row(sheet, 0, "姓名", "身份证号"));
        String start =
                """
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
                <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>
                <c r="B1" t="inlineStr"><is><t>身份证号</t></is></c></row><row r="2">
                """;
        String end = "</row></sheetData></worksheet>";
        Path exponent =
                replaced(
                        book,
                        "xl/worksheets/sheet1.xml",
                        start + "<c r=\"A2\"><v>1E999999999</v></c>" + end);
        assertThat(rows(exponent).get(0).cell("姓名").text()).isEqualTo("1E999999999");
        Path missing =
                replaced(
                        book,
                        "xl/worksheets/sheet1.xml",
                        start + "<c r=\"A2\" t=\"s\"><v>77</v></c>" + end);
        assertThat(refused(missing).code()).isEqualTo(SheetRefusal.SHEET_BROKEN);
    }

    private Path replaced(Path book, String entry, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(book.toFile());
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry each : java.util.Collections.list(zip.entries())) {
                out.putNextEntry(new ZipEntry(each.getName()));
                if (each.getName().equals(entry)) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                } else {
                    zip.getInputStream(each).transferTo(out);
                }
            }
        }
        return file(bytes.toByteArray());
    }

    @Test
    void refusesACellThatIsTooLongAndTakesTheLongest() throws IOException {
        assertThat(rows(withCell("x".repeat(SheetReader.CELL_CHARS_MAX)))).hasSize(1);
        SheetReading.Refused refused =
                refused(withCell("x".repeat(SheetReader.CELL_CHARS_MAX + 1)));
        assertThat(refused.code()).isEqualTo(SheetRefusal.SHEET_CELL_TOO_LONG);
        assertThat(refused.detail()).isEqualTo("A2");
    }

    private Path withCell(String text) throws IOException {
        return xlsx(
                sheet -> {
                    row(sheet, 0, "姓名", "身份证号");
                    row(sheet, 1, text, "2");
                });
    }

    @Test
    void everyFlippedByteIsARefusalOrTheSameRows() throws IOException {
        Path book =
                xlsx(
                        sheet -> {
                            row(sheet, 0, "姓名", "身份证号");
                            row(sheet, 1, "王小二", "370000");
                        });
        byte[] bytes = Files.readAllBytes(book);
        List<SheetRow> whole = rows(book);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 0x10;
            if (reader.read(file(flipped)) instanceof SheetReading.Rows rows) {
                assertThat(rows.rows()).as("byte %s", at).isEqualTo(whole);
            }
        }
    }
}
