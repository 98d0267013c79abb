package io.invigil.appliance.vision.opencv;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures made out of a photograph: what goes wrong before a camera. */
final class Pictures {
    private Pictures() {}

    static BufferedImage image(byte[] picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return out.toByteArray();
    }

    /** Photographs of this height side by side in a grey frame. */
    static byte[] frame(int width, int height, int photoHeight, byte[]... photos) {
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D paint = frame.createGraphics();
        paint.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        paint.setColor(Color.GRAY);
        paint.fillRect(0, 0, width, height);
        for (int at = 0; at < photos.length; at++) {
            BufferedImage photo = image(photos[at]);
            int photoWidth = photo.getWidth() * photoHeight / photo.getHeight();
            int x = width * (2 * at + 1) / (2 * photos.length) - photoWidth / 2;
            paint.drawImage(photo, x, (height - photoHeight) / 2, photoWidth, photoHeight, null);
        }
        paint.dispose();
        return jpeg(frame);
    }

    static byte[] darker(byte[] photo, float factor) {
        BufferedImage image = image(photo);
        return jpeg(new RescaleOp(factor, 0, null).filter(image, null));
    }

    static byte[] rotated(byte[] photo, double degrees) {
        BufferedImage image = image(photo);
        int side = image.getHeight();
        BufferedImage frame = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D paint = frame.createGraphics();
        paint.rotate(Math.toRadians(degrees), side / 2.0, side / 2.0);
        paint.drawImage(image, (side - image.getWidth()) / 2, 0, null);
        paint.dispose();
        return jpeg(frame);
    }
}
