package io.invigil.hub.candidate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads an uploaded portrait and redraws it as JPEG, so that no metadata and nothing but pixels of
 * the upload is kept. The picture's kind is found from its bytes; its size is known before it is
 * decoded. Immutable and thread-safe.
 */
public final class PhotoReader {
    static final int WIDTH = 295;
    static final int HEIGHT = 413;
    static final long PIXELS_MAX = 40_000_000;

    /** A small deviation of the ratio is accepted and cut off. */
    static final double RATIO_DEVIATION_MAX = 0.05;

    private static final float JPEG_QUALITY = 0.9f;

    private final int widthMax;
    private final boolean ofPortraits;

    /** Registration photos: 295 × 413 pixels, little else is taken (source 002 section 4). */
    PhotoReader() {
        this(WIDTH, true);
    }

    private PhotoReader(int widthMax, boolean ofPortraits) {
        this.widthMax = widthMax;
        this.ofPortraits = ofPortraits;
    }

    /**
     * Pictures of a camera: the middle of them in the ratio of a portrait, at most twice as large
     * as a registration photo and never enlarged.
     */
    public static PhotoReader ofCaptures() {
        return new PhotoReader(2 * WIDTH, false);
    }

    /** Reads JPEG or PNG bytes of any length that the caller allows. */
    public PhotoReading read(byte[] bytes) {
        Optional<String> format = format(bytes);
        if (format.isEmpty()) {
            return refused(PhotoIssue.PHOTO_NOT_PICTURE, "");
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.get());
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            Optional<PhotoReading> refusal = sizeRefusal(reader.getWidth(0), reader.getHeight(0));
            if (refusal.isPresent()) {
                return refusal.get();
            }
            BufferedImage portrait = redrawn(reader.read(0));
            return new PhotoReading.Normalised(jpeg(portrait), PhotoGround.of(portrait));
        } catch (IOException | RuntimeException damaged) {
            // decoders of the JDK answer damaged pictures with many kinds of runtime exceptions
            return refused(PhotoIssue.PHOTO_UNREADABLE, "");
        } finally {
            reader.dispose();
        }
    }

    private static Optional<String> format(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("jpeg");
        }
        if (startsWith(bytes, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return Optional.of("png");
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int at = 0; at < magic.length; at++) {
            if ((bytes[at] & 0xFF) != magic[at]) {
                return false;
            }
        }
        return true;
    }

    private Optional<PhotoReading> sizeRefusal(int width, int height) {
        String size = width + "×" + height;
        if ((long) width * height > PIXELS_MAX) {
            return Optional.of(refused(PhotoIssue.PHOTO_TOO_MANY_PIXELS, size));
        }
        double wanted = (double) WIDTH / HEIGHT;
        double ratio = (double) width / height;
        if (!ofPortraits) {
            return cutWidth(width, height) < WIDTH
                    ? Optional.of(refused(PhotoIssue.PHOTO_TOO_SMALL, size))
                    : Optional.empty();
        }
        if (Math.abs(ratio / wanted - 1) > RATIO_DEVIATION_MAX) {
            return Optional.of(refused(PhotoIssue.PHOTO_RATIO, size));
        }
        if (width < WIDTH * 0.9 || height < HEIGHT * 0.9) {
            return Optional.of(refused(PhotoIssue.PHOTO_TOO_SMALL, size));
        }
        return Optional.empty();
    }

    /** Width of the largest part of the picture that has a portrait's ratio. */
    private static int cutWidth(int width, int height) {
        return Math.min(width, height * WIDTH / HEIGHT);
    }

    private BufferedImage redrawn(BufferedImage source) {
        int cutWidth = cutWidth(source.getWidth(), source.getHeight());
        int cutHeight = Math.min(source.getHeight(), source.getWidth() * HEIGHT / WIDTH);
        int left = (source.getWidth() - cutWidth) / 2;
        int top = (source.getHeight() - cutHeight) / 2;
        BufferedImage current = source.getSubimage(left, top, cutWidth, cutHeight);
        while (current.getWidth() > 2 * widthMax) {
            // halving first keeps detail that one big step of bicubic scaling would skip
            current = scaled(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        int width = ofPortraits ? widthMax : Math.min(widthMax, current.getWidth());
        return scaled(current, width, Math.round((float) width * HEIGHT / WIDTH));
    }

    private static BufferedImage scaled(BufferedImage source, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.drawImage(source, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return target;
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static PhotoReading refused(PhotoIssue code, String detail) {
        return new PhotoReading.Refused(code, detail);
    }
}
