package io.invigil.appliance.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a QR code from a camera's frame, trying harder step by step (issue 3, part 1): second
 * binarizer, inverted, half size, double size. Stateless and thread-safe.
 */
public final class QrReading {
    public static final int SIDE_PIXELS_MAX = 4_096;

    /** Larger frames are not doubled: their codes are large enough. */
    private static final int DOUBLED_SIDE_MAX = 1_400;

    private static final int HALVED_SIDE_MIN = 120;

    private static final Map<DecodeHintType, Object> HINTS =
            Map.of(
                    DecodeHintType.TRY_HARDER,
                    Boolean.TRUE,
                    DecodeHintType.POSSIBLE_FORMATS,
                    List.of(BarcodeFormat.QR_CODE),
                    DecodeHintType.CHARACTER_SET,
                    "UTF-8");
    private static final List<Function<LuminanceSource, Binarizer>> BINARIZERS =
            List.of(HybridBinarizer::new, GlobalHistogramBinarizer::new);

    private QrReading() {}

    /**
     * The text of a code in a JPEG or PNG; empty when there is none, or the bytes are no picture of
     * at most {@link #SIDE_PIXELS_MAX} pixels a side.
     */
    public static Optional<String> of(byte[] picture) {
        return image(picture).flatMap(QrReading::of);
    }

    /** The text of a code in an image. */
    public static Optional<String> of(BufferedImage image) {
        int side = Math.max(image.getWidth(), image.getHeight());
        Optional<String> found = read(image);
        if (found.isEmpty() && side >= 2 * HALVED_SIDE_MIN) {
            found = read(scaled(image, 0.5));
        }
        if (found.isEmpty() && side <= DOUBLED_SIDE_MAX) {
            found = read(scaled(image, 2));
        }
        return found;
    }

    private static Optional<String> read(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        LuminanceSource source = new RGBLuminanceSource(width, height, pixels);
        for (LuminanceSource seen : List.of(source, source.invert())) {
            for (Function<LuminanceSource, Binarizer> binarizer : BINARIZERS) {
                try {
                    return Optional.of(
                            new QRCodeReader()
                                    .decode(new BinaryBitmap(binarizer.apply(seen)), HINTS)
                                    .getText());
                } catch (ReaderException notThisWay) {
                    // the next way may see it
                }
            }
        }
        return Optional.empty();
    }

    private static BufferedImage scaled(BufferedImage image, double factor) {
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    /** Looks at the size before any pixel is decoded. */
    private static Optional<BufferedImage> image(byte[] picture) {
        try (ImageInputStream in =
                ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                boolean fits =
                        reader.getWidth(0) <= SIDE_PIXELS_MAX
                                && reader.getHeight(0) <= SIDE_PIXELS_MAX;
                return fits ? Optional.of(reader.read(0)) : Optional.empty();
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
