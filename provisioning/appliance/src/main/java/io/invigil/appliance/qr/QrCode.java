package io.invigil.appliance.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import gg.jte.Content;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** One QR code (ISO/IEC 18004), error correction M, with the quiet zone of 4 modules. Immutable. */
public final class QrCode {
    /** Fits version 25 at level M; larger ones are hard to read from a screen. */
    public static final int TEXT_CHARS_MAX = 900;

    private static final int QUIET = 4;

    private final boolean[][] dark;

    private QrCode(boolean[][] dark) {
        this.dark = dark;
    }

    /** Empty when the text is empty or too long. */
    public static Optional<QrCode> of(String text) {
        if (text.isEmpty() || text.length() > TEXT_CHARS_MAX) {
            return Optional.empty();
        }
        try {
            ByteMatrix matrix =
                    Encoder.encode(
                                    text,
                                    ErrorCorrectionLevel.M,
                                    Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                            .getMatrix();
            boolean[][] dark = new boolean[matrix.getHeight()][matrix.getWidth()];
            for (int y = 0; y < matrix.getHeight(); y++) {
                for (int x = 0; x < matrix.getWidth(); x++) {
                    dark[y][x] = matrix.get(x, y) == 1;
                }
            }
            return Optional.of(new QrCode(dark));
        } catch (WriterException tooLong) {
            return Optional.empty();
        }
    }

    /** Modules per side, without the quiet zone. */
    public int size() {
        return dark.length;
    }

    /** Whether a module is dark, for drawing into a PDF; counted from the upper left. */
    public boolean isDark(int column, int row) {
        return dark[row][column];
    }

    /**
     * An inline SVG for a page; its size comes from the class {@code qr}.
     *
     * @param label what the code is, for people who do not see it
     */
    public Content svg(String label) {
        int side = size() + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                int run = x;
                while (run < size() && dark[y][run]) {
                    run++;
                }
                if (run > x) {
                    path.append('M').append(x + QUIET).append(' ').append(y + QUIET);
                    path.append('h').append(run - x).append("v1h").append(x - run).append('z');
                    x = run;
                }
            }
        }
        return output -> {
            output.writeContent(
                    "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 "
                            + side
                            + " "
                            + side
                            + "\" shape-rendering=\"crispEdges\" aria-label=\"");
            output.writeContent(escaped(label));
            output.writeContent(
                    "\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\""
                            + " d=\""
                            + path
                            + "\"/></svg>");
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /**
     * A PNG in black and white.
     *
     * @param modulePixels pixels per module, 1..40
     */
    public byte[] png(int modulePixels) {
        if (modulePixels < 1 || modulePixels > 40) {
            throw new IllegalArgumentException("modulePixels must be 1..40");
        }
        int side = (size() + 2 * QUIET) * modulePixels;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int column = x / modulePixels - QUIET;
                int row = y / modulePixels - QUIET;
                boolean inside = column >= 0 && row >= 0 && column < size() && row < size();
                image.setRGB(x, y, inside && dark[row][column] ? 0x000000 : 0xffffff);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return out.toByteArray();
    }
}
