package io.invigil.hub.print;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * One page, in millimetres from the top left corner; text sizes in points, text positions on the
 * base line. Not thread-safe; lives only while its sheet is drawn.
 */
public final class PdfCanvas {
    public static final double WIDTH_MM = 210;
    public static final double HEIGHT_MM = 297;
    private static final float POINTS_PER_MM = 72f / 25.4f;

    private final PDDocument document;
    private final PDPageContentStream stream;
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

    PdfCanvas(PDDocument document, PDPage page, PdfFonts.Faces faces) throws IOException {
        this.document = document;
        this.faces = faces;
        this.stream = new PDPageContentStream(document, page);
    }

    void end() throws IOException {
        stream.close();
    }

    /** Width of a text in millimetres. */
    public double width(String text, Ink ink) throws IOException {
        int characters = text.codePointCount(0, text.length());
        double points =
                font(ink).getStringWidth(text) / 1000.0 * ink.size()
                        + Math.max(0, characters - 1) * ink.spacing();
        return points / POINTS_PER_MM;
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
        stream.beginText();
        stream.setNonStrokingColor(ink.colour());
        stream.setFont(font(ink), (float) ink.size());
        stream.setCharacterSpacing((float) ink.spacing());
        stream.newLineAtOffset(pt(left), top(y));
        stream.showText(text);
        stream.endText();
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
        stream.setStrokingColor(colour);
        stream.setLineWidth(pt(widthMm));
        stream.moveTo(pt(x1), top(y1));
        stream.lineTo(pt(x2), top(y2));
        stream.stroke();
    }

    /** The outline of a rectangle. */
    public void frame(double x, double y, double w, double h, double widthMm, Color colour)
            throws IOException {
        stream.setStrokingColor(colour);
        stream.setLineWidth(pt(widthMm));
        stream.addRect(pt(x), top(y + h), pt(w), pt(h));
        stream.stroke();
    }

    public void filled(double x, double y, double w, double h, Color colour) throws IOException {
        stream.setNonStrokingColor(colour);
        stream.addRect(pt(x), top(y + h), pt(w), pt(h));
        stream.fill();
    }

    /** A line through points given as x, y pairs. */
    public void curve(double[] points, double widthMm, Color colour) throws IOException {
        stream.setStrokingColor(colour);
        stream.setLineWidth(pt(widthMm));
        stream.moveTo(pt(points[0]), top(points[1]));
        for (int i = 2; i + 1 < points.length; i += 2) {
            stream.lineTo(pt(points[i]), top(points[i + 1]));
        }
        stream.stroke();
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
        stream.drawImage(
                picture, pt(x + (w - width) / 2), top(y + (h + height) / 2), pt(width), pt(height));
    }

    /** Draws a QR code (error correction M) as vector squares, quiet zone not included. */
    public void qr(double x, double y, double side, String content) throws IOException {
        BitMatrix matrix = matrixOf(content);
        int modules = matrix.getWidth();
        double module = side / modules;
        stream.setNonStrokingColor(Color.BLACK);
        for (int row = 0; row < modules; row++) {
            int from = 0;
            while (from < modules) {
                int to = from;
                while (to < modules && matrix.get(to, row)) {
                    to++;
                }
                if (to > from) {
                    stream.addRect(
                            pt(x + from * module),
                            top(y + (row + 1) * module),
                            pt((to - from) * module),
                            pt(module));
                }
                from = Math.max(to, from + 1);
            }
        }
        stream.fill();
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

    private PDType0Font font(Ink ink) {
        return ink.bold() ? faces.bold() : faces.regular();
    }

    private static float pt(double millimetres) {
        return (float) (millimetres * POINTS_PER_MM);
    }

    private static float top(double y) {
        return (float) ((HEIGHT_MM - y) * POINTS_PER_MM);
    }
}
