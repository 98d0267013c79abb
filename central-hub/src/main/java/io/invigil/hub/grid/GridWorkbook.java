package io.invigil.hub.grid;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.util.Units;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes a print as an Excel file, ready to be printed on A4. Every text is a text cell. The same
 * print gives the same bytes. Stateless and thread-safe.
 */
public final class GridWorkbook {
    private static final double MM_PER_CHARACTER = 1.95;
    private static final double MM_PER_INCH = 25.4;
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

    /** The file's content. */
    public byte[] write(GridBook book) {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            POIXMLProperties.CoreProperties properties =
                    workbook.getProperties().getCoreProperties();
            properties.setTitle(book.title());
            properties.setCreator("Invigil");
            properties.setCreated(Optional.of(Date.from(book.time())));
            properties.setModified(Optional.of(Date.from(book.time())));
            Map<GridCell.Look, CellStyle> styles = new HashMap<>();
            Set<String> names = new HashSet<>();
            for (GridSheet sheet : book.sheets()) {
                XSSFSheet written = workbook.createSheet(name(sheet.name(), names));
                new SheetDrawing(workbook, written, sheet, styles).draw();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            workbook.write(out);
            return withoutClock(out.toByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException("a workbook in memory could not be written", broken);
        }
    }

    /** A name that Excel takes and no other sheet has; Excel does not tell cases apart. */
    private static String name(String wanted, Set<String> taken) {
        String safe = WorkbookUtil.createSafeSheetName(wanted.isBlank() ? "Sheet" : wanted);
        String name = safe;
        for (int number = 2; !taken.add(name.toLowerCase(java.util.Locale.ROOT)); number++) {
            String tail = "(" + number + ")";
            name = safe.substring(0, Math.min(safe.length(), 31 - tail.length())) + tail;
        }
        return name;
    }

    /** The zip's entries carry the time of writing; with a fixed one a repetition is identical. */
    private static byte[] withoutClock(byte[] zip) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(zip.length);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(ENTRY_TIME);
                out.putNextEntry(copy);
                in.transferTo(out);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** One sheet being filled. */
    private static final class SheetDrawing {
        private final XSSFWorkbook workbook;
        private final XSSFSheet out;
        private final GridSheet sheet;
        private final Map<GridCell.Look, CellStyle> styles;

        SheetDrawing(
                XSSFWorkbook workbook,
                XSSFSheet out,
                GridSheet sheet,
                Map<GridCell.Look, CellStyle> styles) {
            this.workbook = workbook;
            this.out = out;
            this.sheet = sheet;
            this.styles = styles;
        }

        void draw() throws IOException {
            for (int at = 0; at < sheet.columnsMm().size(); at++) {
                out.setColumnWidth(at, (int) (sheet.columnsMm().get(at) / MM_PER_CHARACTER * 256));
            }
            printing();
            int first = 0;
            for (List<GridRow> page : sheet.pages()) {
                if (first > 0) {
                    out.setRowBreak(first - 1);
                }
                for (int at = 0; at < page.size(); at++) {
                    row(first + at)
                            .setHeightInPoints(
                                    (float) (page.get(at).heightMm() / MM_PER_INCH * 72));
                }
                for (int at = 0; at < page.size(); at++) {
                    for (GridCell cell : page.get(at).cells()) {
                        cell(first + at, cell, page.subList(at, page.size()));
                    }
                }
                first += page.size();
            }
        }

        private void printing() {
            out.getPrintSetup().setPaperSize(PrintSetup.A4_PAPERSIZE);
            out.setFitToPage(true);
            out.getPrintSetup().setFitWidth((short) 1);
            out.getPrintSetup().setFitHeight((short) 0);
            out.setHorizontallyCenter(true);
            out.setMargin(org.apache.poi.ss.usermodel.PageMargin.LEFT, 0.4);
            out.setMargin(org.apache.poi.ss.usermodel.PageMargin.RIGHT, 0.4);
            out.setMargin(org.apache.poi.ss.usermodel.PageMargin.TOP, 0.45);
            out.setMargin(org.apache.poi.ss.usermodel.PageMargin.BOTTOM, 0.45);
        }

        private XSSFRow row(int number) {
            XSSFRow row = out.getRow(number);
            return row == null ? out.createRow(number) : row;
        }

        private void cell(int number, GridCell cell, List<GridRow> below) throws IOException {
            int last = number + cell.rows() - 1;
            int right = cell.column() + cell.columns() - 1;
            for (int r = number; r <= last; r++) {
                for (int c = cell.column(); c <= right; c++) {
                    row(r).createCell(c).setCellStyle(style(cell.look()));
                }
            }
            if (last > number || right > cell.column()) {
                out.addMergedRegion(new CellRangeAddress(number, last, cell.column(), right));
            }
            double height = below.stream().limit(cell.rows()).mapToDouble(GridRow::heightMm).sum();
            switch (cell.content()) {
                case GridCell.Content.Text text -> {
                    XSSFCell first = out.getRow(number).getCell(cell.column());
                    first.setCellValue(text.text());
                }
                case GridCell.Content.Code code ->
                        picture(number, cell, below, height, qr(code.text()));
                case GridCell.Content.Picture picture ->
                        picture(number, cell, below, height, picture.bytes());
            }
        }

        private CellStyle style(GridCell.Look look) {
            return styles.computeIfAbsent(
                    look,
                    wanted -> {
                        Font font = workbook.createFont();
                        font.setFontName("宋体");
                        font.setBold(wanted.bold());
                        font.setFontHeightInPoints((short) Math.round(wanted.size()));
                        CellStyle style = workbook.createCellStyle();
                        style.setFont(font);
                        style.setDataFormat(workbook.createDataFormat().getFormat("@"));
                        style.setWrapText(true);
                        style.setVerticalAlignment(VerticalAlignment.CENTER);
                        style.setAlignment(
                                wanted.centred()
                                        ? HorizontalAlignment.CENTER
                                        : HorizontalAlignment.LEFT);
                        BorderStyle border = wanted.framed() ? BorderStyle.THIN : BorderStyle.NONE;
                        style.setBorderTop(border);
                        style.setBorderBottom(border);
                        style.setBorderLeft(border);
                        style.setBorderRight(border);
                        return style;
                    });
        }

        /** Places a picture in the middle of its cells, with its own ratio. */
        private void picture(
                int number, GridCell cell, List<GridRow> below, double height, byte[] bytes)
                throws IOException {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new IllegalArgumentException("a picture is JPEG or PNG");
            }
            double width = sheet.width(cell);
            double scale =
                    Math.min((width - 2) / image.getWidth(), (height - 2) / image.getHeight());
            double w = image.getWidth() * scale;
            double h = image.getHeight() * scale;
            XSSFClientAnchor anchor = new XSSFClientAnchor();
            anchor.setAnchorType(ClientAnchor.AnchorType.MOVE_AND_RESIZE);
            List<Double> columns =
                    sheet.columnsMm().subList(cell.column(), cell.column() + cell.columns());
            List<Double> rows = below.stream().limit(cell.rows()).map(GridRow::heightMm).toList();
            Place left = place(columns, (width - w) / 2);
            Place right = place(columns, (width + w) / 2);
            Place top = place(rows, (height - h) / 2);
            Place bottom = place(rows, (height + h) / 2);
            anchor.setCol1(cell.column() + left.index());
            anchor.setDx1(left.emu());
            anchor.setCol2(cell.column() + right.index());
            anchor.setDx2(right.emu());
            anchor.setRow1(number + top.index());
            anchor.setDy1(top.emu());
            anchor.setRow2(number + bottom.index());
            anchor.setDy2(bottom.emu());
            int kind =
                    bytes[0] == (byte) 0x89
                            ? Workbook.PICTURE_TYPE_PNG
                            : Workbook.PICTURE_TYPE_JPEG;
            out.createDrawingPatriarch().createPicture(anchor, workbook.addPicture(bytes, kind));
        }

        private record Place(int index, int emu) {}

        private static Place place(List<Double> sizes, double at) {
            double rest = at;
            int index = 0;
            while (index < sizes.size() - 1 && rest > sizes.get(index)) {
                rest -= sizes.get(index);
                index++;
            }
            return new Place(index, (int) (rest / MM_PER_INCH * 72 * Units.EMU_PER_POINT));
        }
    }

    private static byte[] qr(String text) throws IOException {
        Map<EncodeHintType, Object> hints =
                Map.of(
                        EncodeHintType.ERROR_CORRECTION,
                        ErrorCorrectionLevel.M,
                        EncodeHintType.MARGIN,
                        0,
                        EncodeHintType.CHARACTER_SET,
                        "UTF-8");
        try {
            int pixels = 264;
            BitMatrix matrix =
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, pixels, pixels, hints);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            MatrixToImageWriter.writeToStream(matrix, "PNG", png);
            return png.toByteArray();
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("content does not fit a QR code", tooLong);
        }
    }
}
