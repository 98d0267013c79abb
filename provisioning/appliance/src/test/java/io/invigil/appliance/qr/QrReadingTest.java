package io.invigil.appliance.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Issue 3 part 1: the ticket's QR, on paper or a phone, held to the proctor's camera. */
class QrReadingTest {
    private static final String TICKET = "IVT1:K2026:2026000001:0ABCDEF";

    @Test
    void readsATicketOnPaper() {
        assertThat(QrReading.of(frame(4, 80, 60))).contains(TICKET);
    }

    @Test
    void readsAJpegAsTheBrowserSendsIt() {
        assertThat(QrReading.of(jpeg(frame(4, 200, 120)))).contains(TICKET);
    }

    @Test
    void readsAPhoneInDarkMode() {
        BufferedImage inverted = new RescaleOp(-1, 255, null).filter(frame(4, 80, 60), null);
        assertThat(QrReading.of(inverted)).contains(TICKET);
    }

    @Test
    void readsATicketThatIsFarAway() {
        assertThat(QrReading.of(shrunk(frame(6, 80, 60), 0.27))).contains(TICKET);
    }

    @Test
    void readsATicketThatIsTurnedAndNoisy() {
        BufferedImage turned = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = turned.createGraphics();
        graphics.setColor(new Color(0xcfc8bd));
        graphics.fillRect(0, 0, 640, 480);
        graphics.transform(AffineTransform.getRotateInstance(Math.toRadians(27), 320, 240));
        graphics.drawImage(code(6), 200, 120, null);
        graphics.dispose();
        assertThat(QrReading.of(noisy(turned, 60))).contains(TICKET);
    }

    @Test
    void readsGrainThatOnlyHalfTheSizeEvensOut() {
        assertThat(QrReading.of(noisy(frame(10, 80, 30), 330))).contains(TICKET);
    }

    @Test
    void seesNothingWhereNothingIs() {
        assertThat(QrReading.of(noisy(frameWithout(), 120))).isEmpty();
        assertThat(QrReading.of(new byte[] {1, 2, 3})).isEmpty();
        assertThat(QrReading.of(new byte[0])).isEmpty();
    }

    @Test
    void refusesAPictureBeyondTheLimitBeforeItIsDecoded() {
        BufferedImage huge =
                new BufferedImage(QrReading.SIDE_PIXELS_MAX + 1, 2, BufferedImage.TYPE_BYTE_BINARY);
        assertThat(QrReading.of(png(huge))).isEmpty();
    }

    private static BufferedImage code(int modulePixels) {
        try {
            byte[] png = QrCode.of(TICKET).orElseThrow().png(modulePixels);
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static BufferedImage frame(int modulePixels, int x, int y) {
        BufferedImage image = frameWithout();
        Graphics2D graphics = image.createGraphics();
        graphics.drawImage(code(modulePixels), x, y, null);
        graphics.dispose();
        return image;
    }

    private static BufferedImage frameWithout() {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0xcfc8bd));
        graphics.fillRect(0, 0, 640, 480);
        graphics.dispose();
        return image;
    }

    private static BufferedImage shrunk(BufferedImage image, double factor) {
        return new AffineTransformOp(
                        AffineTransform.getScaleInstance(factor, factor),
                        AffineTransformOp.TYPE_BICUBIC)
                .filter(image, null);
    }

    private static BufferedImage noisy(BufferedImage image, int span) {
        Random random = new Random(20261120);
        BufferedImage noisy =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int light = image.getRGB(x, y) & 0xff;
                int seen = Math.clamp(light + random.nextInt(span) - span / 2, 0, 255);
                noisy.setRGB(x, y, seen << 16 | seen << 8 | seen);
            }
        }
        return noisy;
    }

    private static byte[] jpeg(BufferedImage image) {
        return written(image, "jpg");
    }

    private static byte[] png(BufferedImage image) {
        return written(image, "png");
    }

    private static byte[] written(BufferedImage image, String format) {
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
