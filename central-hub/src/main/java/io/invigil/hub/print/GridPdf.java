package io.invigil.hub.print;

import io.invigil.hub.grid.GridBook;
import io.invigil.hub.grid.GridCell;
import io.invigil.hub.grid.GridRow;
import io.invigil.hub.grid.GridSheet;
import io.invigil.hub.print.PdfCanvas.Align;
import io.invigil.hub.print.PdfCanvas.Ink;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Writes a print as PDF: the cells that {@link io.invigil.hub.grid.GridWorkbook} writes as Excel.
 * Thread-safe.
 */
public final class GridPdf {
    /** Free edge at the top and the bottom of a page. */
    public static final double MARGIN_MM = 12;

    private static final Color LINE = new Color(0x55, 0x55, 0x55);
    private static final double MM_PER_POINT = 25.4 / 72;
    private static final double LEADING = 1.3;
    private static final double SIZE_MIN = 5;
    private static final double SMALLER_MIN = 0.85;
    private static final double PADDING_MM = 1.2;

    private final PdfFonts fonts;

    public GridPdf(PdfFonts fonts) {
        this.fonts = fonts;
    }

    /** Characters that cannot be printed; print only when this is empty. */
    public Set<String> missing(GridBook book) {
        return fonts.missing(book.text());
    }

    public byte[] write(GridBook book) {
        return PdfSheet.of(
                fonts,
                book.title(),
                book.time(),
                pdf -> {
                    for (GridSheet sheet : book.sheets()) {
                        for (List<GridRow> rows : sheet.pages()) {
                            page(pdf, sheet, rows);
                        }
                    }
                });
    }

    /** Rows that do not fit go on to a further page. */
    private static void page(PdfSheet pdf, GridSheet sheet, List<GridRow> rows) throws IOException {
        PdfCanvas page = pdf.page();
        double left = (PdfCanvas.WIDTH_MM - sheet.width()) / 2;
        double y = MARGIN_MM;
        for (int at = 0; at < rows.size(); at++) {
            GridRow row = rows.get(at);
            if (y + row.heightMm() > PdfCanvas.HEIGHT_MM - MARGIN_MM + 0.01 && y > MARGIN_MM) {
                page = pdf.page();
                y = MARGIN_MM;
            }
            for (GridCell cell : row.cells()) {
                double height =
                        rows.stream()
                                .skip(at)
                                .limit(cell.rows())
                                .mapToDouble(GridRow::heightMm)
                                .sum();
                cell(page, left + sheet.left(cell.column()), y, sheet.width(cell), height, cell);
            }
            y += row.heightMm();
        }
    }

    private static void cell(PdfCanvas page, double x, double y, double w, double h, GridCell cell)
            throws IOException {
        if (cell.look().framed()) {
            page.frame(x, y, w, h, 0.2, LINE);
        }
        switch (cell.content()) {
            case GridCell.Content.Text text -> text(page, x, y, w, h, text.text(), cell.look());
            case GridCell.Content.Code code -> {
                double side = Math.min(w, h) - 2;
                page.qr(x + (w - side) / 2, y + (h - side) / 2, side, code.text());
            }
            case GridCell.Content.Picture picture ->
                    page.image(x + 1, y + 1, w - 2, h - 2, picture.bytes());
        }
    }

    /** The text in as many lines as it needs, made smaller until they fit the cell. */
    private static void text(
            PdfCanvas page, double x, double y, double w, double h, String text, GridCell.Look look)
            throws IOException {
        if (text.isEmpty()) {
            return;
        }
        double width = w - 2 * PADDING_MM;
        double size = oneLine(page, width, text, look);
        Ink ink = ink(look, size);
        List<String> lines = page.lines(text, width, ink);
        while (size > SIZE_MIN
                && (lines.size() * size * LEADING * MM_PER_POINT > h
                        || lines.size() == 1 && page.width(lines.get(0), ink) > width)) {
            size -= 0.5;
            ink = ink(look, size);
            lines = page.lines(text, width, ink);
        }
        double leading = size * LEADING * MM_PER_POINT;
        double top = y + (h - lines.size() * leading) / 2;
        for (int i = 0; i < lines.size(); i++) {
            // the base line stands where a Chinese character looks centred in its line
            double base = top + i * leading + leading / 2 + size * MM_PER_POINT * 0.37;
            if (look.centred()) {
                page.fitted(x + w / 2, base, width, lines.get(i), ink, Align.CENTRE);
            } else {
                page.fitted(x + PADDING_MM, base, width, lines.get(i), ink, Align.LEFT);
            }
        }
    }

    /** A little smaller when that spares a second line of one character. */
    private static double oneLine(PdfCanvas page, double width, String text, GridCell.Look look)
            throws IOException {
        double wanted = page.width(text, ink(look, look.size()));
        double fitting = Math.floor(look.size() * width / wanted * 4) / 4;
        return fitting < look.size() && fitting >= look.size() * SMALLER_MIN
                ? fitting
                : look.size();
    }

    private static Ink ink(GridCell.Look look, double size) {
        return look.bold() ? Ink.bold(size) : Ink.regular(size);
    }
}
