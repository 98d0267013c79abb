package io.invigil.hub.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * Writes a workbook: a data sheet with a header row and, when there are notes, a second sheet with
 * them. Every cell is text, also in empty rows of the template, so that Excel keeps all 18
 * characters of an ID number and never runs what someone typed as a formula.
 *
 * <p>Stateless and thread-safe.
 */
public final class SheetWriter {
    private static final int ROWS_IN_MEMORY = 200;

    /**
     * Writes and closes nothing but its own temporary files; the stream stays open.
     *
     * @param rows cells in the order of the columns; shorter rows leave the rest blank
     * @param notes lines of the second sheet; none when empty
     */
    public void write(
            OutputStream out,
            String sheetName,
            List<SheetColumn> columns,
            Iterable<List<String>> rows,
            String notesName,
            List<String> notes)
            throws IOException {
        try (SXSSFWorkbook workbook = new SXSSFWorkbook(ROWS_IN_MEMORY)) {
            workbook.setCompressTempFiles(true);
            CellStyle textStyle = workbook.createCellStyle();
            textStyle.setDataFormat(workbook.createDataFormat().getFormat("@"));
            Sheet sheet = workbook.createSheet(sheetName);
            for (int at = 0; at < columns.size(); at++) {
                sheet.setColumnWidth(at, Math.min(columns.get(at).widthChars(), 200) * 256);
                sheet.setDefaultColumnStyle(at, textStyle);
            }
            sheet.createFreezePane(0, 1);
            writeHeader(workbook, sheet, columns);
            int rowNumber = 1;
            for (List<String> row : rows) {
                Row written = sheet.createRow(rowNumber++);
                for (int at = 0; at < row.size(); at++) {
                    text(written, at, row.get(at), textStyle);
                }
            }
            if (!notes.isEmpty()) {
                writeNotes(workbook, notesName, notes, textStyle);
            }
            workbook.write(out);
        }
    }

    private static void writeHeader(
            SXSSFWorkbook workbook, Sheet sheet, List<SheetColumn> columns) {
        Font bold = workbook.createFont();
        bold.setBold(true);
        CellStyle style = workbook.createCellStyle();
        style.setFont(bold);
        style.setFillForegroundColor(IndexedColors.GREY_25_PERCENT.getIndex());
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        Row header = sheet.createRow(0);
        for (int at = 0; at < columns.size(); at++) {
            text(header, at, columns.get(at).header(), style);
        }
    }

    private static void writeNotes(
            SXSSFWorkbook workbook, String name, List<String> notes, CellStyle style) {
        Sheet sheet = workbook.createSheet(name);
        sheet.setColumnWidth(0, 100 * 256);
        for (int at = 0; at < notes.size(); at++) {
            text(sheet.createRow(at), 0, notes.get(at), style);
        }
    }

    private static void text(Row row, int at, String value, CellStyle style) {
        Cell cell = row.createCell(at);
        cell.setCellStyle(style);
        cell.setCellValue(value);
    }
}
