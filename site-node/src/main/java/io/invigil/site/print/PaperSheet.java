package io.invigil.site.print;

import io.invigil.appliance.qr.QrCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A4 pages filled from top to bottom: headings, facts, tables that repeat their head on a new page.
 * Lengths in millimetres, text in points. Lives only while its document is drawn.
 */
final class PaperSheet {
    static final int PAGES_MAX = 200;
    private static final float MM = 72f / 25.4f;
    private static final double LEFT = 15;
    private static final double WIDTH = 180;
    private static final double BOTTOM = 280;
    private static final double ROW = 8;
    private static final double FACT_POINTS = 10.5;
    private static final double FACT_POINTS_MIN = 6.5;

    private final RoomFonts fonts;
    private final PDDocument document;
    private final PDType0Font font;
    private final Set<Integer> missing = new TreeSet<>();
    private PDPageContentStream stream;
    private int pages;
    private double y;

    private PaperSheet(RoomFonts fonts, PDDocument document, PDType0Font font) throws IOException {
        this.fonts = fonts;
        this.document = document;
        this.font = font;
    }

    /** Fills the pages. */
    interface Content {
        void fill(PaperSheet sheet) throws IOException;
    }

    static byte[] of(RoomFonts fonts, Content content) {
        return fonts.draw(
                (document, font) -> {
                    PaperSheet sheet = new PaperSheet(fonts, document, font);
                    sheet.newPage();
                    content.fill(sheet);
                    sheet.namesOfMissing();
                    sheet.stream.close();
                    var out = new ByteArrayOutputStream();
                    document.save(out);
                    return out.toByteArray();
                });
    }

    void newPage() throws IOException {
        if (pages >= PAGES_MAX) {
            throw new IllegalStateException("a document has at most " + PAGES_MAX + " pages");
        }
        if (stream != null) {
            stream.close();
        }
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        stream = new PDPageContentStream(document, page);
        pages++;
        y = 18;
    }

    void title(String text) throws IOException {
        room(14);
        y += 6;
        String shown = shown(text);
        double width = font.getStringWidth(shown) / 1000 * 18 / MM;
        put(LEFT + Math.max(0, (WIDTH - width) / 2), y, shown, 18);
        y += 8;
    }

    void heading(String text) throws IOException {
        room(ROW * 3);
        y += 8;
        put(LEFT, y, shown(text), 12);
        y += 4;
    }

    /** A line of text, broken where it is too long. */
    void text(String text, double points) throws IOException {
        for (String line : lines(shown(text), WIDTH, points)) {
            room(points * 0.55);
            y += points * 0.5;
            put(LEFT, y, line, points);
        }
    }

    /** Name and value beside each other, two pairs a row. */
    void facts(List<String[]> pairs) throws IOException {
        for (int at = 0; at < pairs.size(); at += 2) {
            room(ROW);
            y += 6.5;
            for (int side = 0; side < 2 && at + side < pairs.size(); side++) {
                String[] pair = pairs.get(at + side);
                double x = LEFT + side * (WIDTH / 2);
                String line = shown(pair[0] + "：" + pair[1]);
                double points = FACT_POINTS;
                while (points > FACT_POINTS_MIN && width(line, points) > WIDTH / 2 - 3) {
                    points -= 0.25;
                }
                put(x, y, fitted(line, WIDTH / 2 - 3, points), points);
            }
        }
        y += 4;
    }

    /**
     * @param widths shares of the width; a cell that is too long is cut into lines
     */
    void table(double[] widths, List<String> head, List<List<String>> rows) throws IOException {
        row(widths, head, head, 10);
        for (List<String> cells : rows) {
            row(widths, head, cells, 9.5);
        }
        y += 2;
    }

    private void row(double[] widths, List<String> head, List<String> cells, double points)
            throws IOException {
        double total = 0;
        for (double width : widths) {
            total += width;
        }
        List<List<String>> broken = new ArrayList<>();
        int most = 1;
        for (int column = 0; column < widths.length; column++) {
            double width = WIDTH * widths[column] / total;
            List<String> lines = lines(shown(cells.get(column)), width - 3, points);
            broken.add(lines);
            most = Math.max(most, lines.size());
        }
        double height = Math.max(ROW, 3 + most * points * 0.5);
        if (room(height) && cells != head) {
            row(widths, head, head, 10);
        }
        double x = LEFT;
        for (int column = 0; column < widths.length; column++) {
            double width = WIDTH * widths[column] / total;
            stream.setLineWidth(0.5f);
            stream.addRect(pt(x), top(y + height), pt(width), pt(height));
            stream.stroke();
            double line = y + 5.3;
            for (String text : broken.get(column)) {
                put(x + 1.5, line, text, points);
                line += points * 0.5;
            }
            x += width;
        }
        y += height;
    }

    void qr(QrCode code, double side) throws IOException {
        room(side + 6);
        y += 3;
        double module = side / code.size();
        for (int row = 0; row < code.size(); row++) {
            for (int column = 0; column < code.size(); column++) {
                if (code.isDark(column, row)) {
                    stream.addRect(
                            pt(LEFT + column * module),
                            top(y + (row + 1) * module),
                            pt(module),
                            pt(module));
                }
            }
        }
        stream.fill();
        y += side + 3;
    }

    /** Begins a new page when so much does not fit; whether it did. */
    private boolean room(double height) throws IOException {
        if (y + height <= BOTTOM) {
            return false;
        }
        newPage();
        return true;
    }

    private void namesOfMissing() throws IOException {
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().map(c -> "U+%X".formatted(c)).toList();
            text("〓 " + String.join(" ", names), 8);
        }
    }

    private String shown(String text) {
        String plain = text.replaceAll("\\s+", " ");
        plain.codePoints().filter(c -> !fonts.has(c)).forEach(missing::add);
        return fonts.printable(plain);
    }

    private double width(String text, double points) throws IOException {
        return font.getStringWidth(text) / 1000 * points / MM;
    }

    private String fitted(String text, double width, double points) throws IOException {
        List<String> lines = lines(text, width, points);
        return lines.size() == 1 ? text : lines.get(0) + "…";
    }

    private List<String> lines(String text, double width, double points) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        double used = 0;
        for (int c : text.codePoints().toArray()) {
            String piece = Character.toString(c);
            double wide = font.getStringWidth(piece) / 1000 * points / MM;
            if (used + wide > width && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            line.append(piece);
            used += wide;
        }
        lines.add(line.toString());
        return lines;
    }

    private void put(double x, double baseline, String text, double points) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        stream.beginText();
        stream.setFont(font, (float) points);
        stream.newLineAtOffset(pt(x), top(baseline));
        stream.showText(text);
        stream.endText();
    }

    private static float pt(double millimetres) {
        return (float) (millimetres * MM);
    }

    private static float top(double fromTop) {
        return PDRectangle.A4.getHeight() - pt(fromTop);
    }
}
