package io.invigil.hub.print;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * One page, in millimetres from the top left corner; text sizes in points, text positions on the
 * base line. Not thread-safe; lives only while its sheet is drawn.
 */
public final class PdfCanvas {
    public static final double WIDTH_MM = 210;
    public static final double HEIGHT_MM = 297;
    static final COSName REGULAR = COSName.getPDFName("R");
    static final COSName BOLD = COSName.getPDFName("B");

    private static final double POINTS_PER_MM = 72 / 25.4;
    private static final int FULL_WIDTH_SPACE = 0x3000;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final PDDocument document;
    private final PDPage page;
    private final PdfOperators operators = new PdfOperators();
    private final PdfFonts.Faces faces;

    /** Horizontal position of a text relative to its x. */
    public enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    /** How a text looks; {@code spacing} is extra space between characters in points. */
    public record Ink(boolean bold, double size, Color colour, double spacing) {
        public static Ink regular(double size) {
            return new Ink(false, size, Color.BLACK, 0);
        }

        public static Ink bold(double size) {
            return new Ink(true, size, Color.BLACK, 0);
        }

        public Ink colour(Color other) {
            return new Ink(bold, size, other, spacing);
        }

        public Ink spacing(double points) {
            return new Ink(bold, size, colour, points);
        }

        Ink size(double points) {
            return new Ink(bold, points, colour, spacing);
        }
    }

    PdfCanvas(PDDocument document, PDPage page, PdfFonts.Faces faces) {
        this.document = document;
        this.page = page;
        this.faces = faces;
        page.setResources(new PDResources());
    }

    /** Writes the page; nothing can be drawn afterwards. */
    void end(COSDictionary fonts) throws IOException {
        page.getResources().getCOSObject().setItem(COSName.FONT, fonts);
        byte[] content = operators.bytes();
        page.setContents(
                new PDStream(document, new ByteArrayInputStream(content), COSName.FLATE_DECODE));
    }

    /** Width of a text in millimetres. */
    public double width(String text, Ink ink) throws IOException {
        int characters = 0;
        double points = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int codePoint = text.codePointAt(at);
            PdfFace face = face(ink);
            double units = face.has(codePoint) ? face.width(codePoint) : spare(codePoint).width();
            points += units / 1000 * ink.size();
            characters++;
        }
        return (points + Math.max(0, characters - 1) * ink.spacing()) / POINTS_PER_MM;
    }

    private SpareFonts.Outline spare(int codePoint) {
        return faces.spare()
                .outline(codePoint)
                .orElseThrow(() -> new GlyphMissing(Character.toString(codePoint)));
    }

    /** Draws one line of text. */
    public void text(double x, double y, String text, Ink ink, Align align) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        double left =
                switch (align) {
                    case LEFT -> x;
                    case CENTRE -> x - width(text, ink) / 2;
                    case RIGHT -> x - width(text, ink);
                };
        fill(ink.colour());
        StringBuilder run = new StringBuilder();
        for (int codePoint : text.codePoints().toArray()) {
            if (face(ink).has(codePoint)) {
                run.appendCodePoint(codePoint);
                continue;
            }
            left += run(left, y, run.toString(), ink);
            run.setLength(0);
            left += outline(left, y, codePoint, ink);
        }
        run(left, y, run.toString(), ink);
    }

    /** Draws characters that the face has; returns how far they reach with the space behind. */
    private double run(double x, double y, String text, Ink ink) throws IOException {
        if (text.isEmpty()) {
            return 0;
        }
        operators.append("BT /").append((ink.bold() ? BOLD : REGULAR).getName()).append(" ");
        operators.number(ink.size()).append("Tf ");
        operators.number(ink.spacing()).append("Tc ");
        operators.number(pt(x));
        operators.number(top(y)).append("Td <");
        text.codePoints()
                .forEach(c -> operators.append(HEX.toHexDigits((short) face(ink).code(c))));
        operators.append("> Tj ET\n");
        return width(text, ink) + ink.spacing() / POINTS_PER_MM;
    }

    /** Draws one character as a shape that still reads as the character when text is copied. */
    private double outline(double x, double y, int codePoint, Ink ink) {
        SpareFonts.Outline shape = spare(codePoint);
        byte[] name = Character.toString(codePoint).getBytes(StandardCharsets.UTF_16BE);
        operators
                .append("/Span <</ActualText <FEFF")
                .append(HEX.formatHex(name))
                .append(">>> BDC\nq ");
        // readers take the name of a span from a text inside it: an invisible one of full width
        operators.append("BT /R ");
        operators.number(ink.size()).append("Tf 3 Tr ");
        operators.number(pt(x));
        operators.number(top(y)).append("Td <");
        operators
                .append(HEX.toHexDigits((short) faces.regular().code(FULL_WIDTH_SPACE)))
                .append("> Tj ET\n");
        double scale = ink.size() / 1000;
        operators.number(scale).append("0 0 ");
        operators.number(scale);
        operators.number(pt(x));
        operators.number(top(y)).append("cm\n");
        operators.path(shape.path());
        if (ink.bold()) {
            operators.colour(ink.colour()).append("RG 24 w 1 j B\n");
        } else {
            operators.append("f\n");
        }
        operators.append("Q EMC\n");
        return shape.width() * scale / POINTS_PER_MM + ink.spacing() / POINTS_PER_MM;
    }

    /** As {@link #text}, made smaller until it fits the width; not below 5 points. */
    public void fitted(double x, double y, double widthMax, String text, Ink ink, Align align)
            throws IOException {
        Ink fitting = ink;
        while (width(text, fitting) > widthMax && fitting.size() > 5) {
            fitting = fitting.size(fitting.size() - 0.25);
        }
        text(x, y, text, fitting, align);
    }

    /**
     * Draws a text in lines, broken between any two characters but not inside words and numbers in
     * Latin letters, nor before closing punctuation.
     *
     * @return y of the base line that would follow
     */
    public double paragraph(double x, double y, double width, double leading, String text, Ink ink)
            throws IOException {
        double at = y;
        for (String line : lines(text, width, ink)) {
            text(x, at, line, ink, Align.LEFT);
            at += leading;
        }
        return at;
    }

    List<String> lines(String text, double width, Ink ink) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : pieces(text)) {
            if (!line.isEmpty() && width(line + piece.stripTrailing(), ink) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                piece = piece.stripLeading();
            }
            line.append(piece);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int before = ' ';
        for (int c : text.codePoints().toArray()) {
            boolean joins = isLatin(before) && isLatin(c) || "，。、；：）》！？,.;:)".indexOf(c) >= 0;
            if (!piece.isEmpty() && !joins) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(c);
            before = c;
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    private static boolean isLatin(int c) {
        return c < 0x2000 && c != ' ';
    }

    public void line(double x1, double y1, double x2, double y2, double widthMm, Color colour)
            throws IOException {
        stroke(widthMm, colour);
        operators.points(new double[] {pt(x1), top(y1)}, 2).append("m ");
        operators.points(new double[] {pt(x2), top(y2)}, 2).append("l S\n");
    }

    /** The outline of a rectangle. */
    public void frame(double x, double y, double w, double h, double widthMm, Color colour)
            throws IOException {
        stroke(widthMm, colour);
        rectangle(x, y, w, h);
        operators.append("S\n");
    }

    public void filled(double x, double y, double w, double h, Color colour) throws IOException {
        fill(colour);
        rectangle(x, y, w, h);
        operators.append("f\n");
    }

    /** A line through points given as x, y pairs. */
    public void curve(double[] points, double widthMm, Color colour) throws IOException {
        stroke(widthMm, colour);
        for (int i = 0; i + 1 < points.length; i += 2) {
            operators
                    .points(new double[] {pt(points[i]), top(points[i + 1])}, 2)
                    .append(i == 0 ? "m " : "l ");
        }
        operators.append("S\n");
    }

    /**
     * Draws a picture into a box, keeping its ratio, centred.
     *
     * @param image JPEG or PNG
     * @throws IllegalArgumentException when it is neither
     */
    public void image(double x, double y, double w, double h, byte[] image) throws IOException {
        PDImageXObject picture = PDImageXObject.createFromByteArray(document, image, "picture");
        double scale = Math.min(w / picture.getWidth(), h / picture.getHeight());
        double width = picture.getWidth() * scale;
        double height = picture.getHeight() * scale;
        COSName name = page.getResources().add(picture);
        operators.append("q ");
        operators.number(pt(width)).append("0 0 ");
        operators.number(pt(height));
        operators.number(pt(x + (w - width) / 2));
        operators
                .number(top(y + (h + height) / 2))
                .append("cm /")
                .append(name.getName())
                .append(" Do Q\n");
    }

    /** Draws a QR code (error correction M) as vector squares, quiet zone not included. */
    public void qr(double x, double y, double side, String content) throws IOException {
        BitMatrix matrix = matrixOf(content);
        int modules = matrix.getWidth();
        double module = side / modules;
        fill(Color.BLACK);
        for (int row = 0; row < modules; row++) {
            int from = 0;
            while (from < modules) {
                int to = from;
                while (to < modules && matrix.get(to, row)) {
                    to++;
                }
                if (to > from) {
                    rectangle(x + from * module, y + row * module, (to - from) * module, module);
                }
                from = Math.max(to, from + 1);
            }
        }
        operators.append("f\n");
    }

    private static BitMatrix matrixOf(String content) {
        Map<EncodeHintType, Object> hints =
                Map.of(
                        EncodeHintType.ERROR_CORRECTION,
                        ErrorCorrectionLevel.M,
                        EncodeHintType.MARGIN,
                        0,
                        EncodeHintType.CHARACTER_SET,
                        "UTF-8");
        try {
            return new QRCodeWriter().encode(content, BarcodeFormat.QR_CODE, 0, 0, hints);
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("content does not fit a QR code", tooLong);
        }
    }

    private PdfFace face(Ink ink) {
        return ink.bold() ? faces.bold() : faces.regular();
    }

    private void fill(Color colour) {
        operators.colour(colour).append("rg\n");
    }

    private void stroke(double widthMm, Color colour) {
        operators.colour(colour).append("RG ");
        operators.number(pt(widthMm)).append("w\n");
    }

    private void rectangle(double x, double y, double w, double h) {
        operators.number(pt(x));
        operators.number(top(y + h));
        operators.number(pt(w));
        operators.number(pt(h)).append("re\n");
    }

    private static double pt(double millimetres) {
        return millimetres * POINTS_PER_MM;
    }

    private static double top(double y) {
        return (HEIGHT_MM - y) * POINTS_PER_MM;
    }

    /** A text was drawn without asking {@link PdfFonts#missing} first. */
    static final class GlyphMissing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        GlyphMissing(String character) {
            super("no font has " + character);
        }
    }
}
