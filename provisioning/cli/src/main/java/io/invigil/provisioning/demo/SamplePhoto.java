package io.invigil.provisioning.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** A drawn portrait of 295 by 413 px on a red ground, as the photo rules ask; nobody's likeness. */
public final class SamplePhoto {
    static final int WIDTH = 295;
    static final int HEIGHT = 413;

    private static final Color GROUND = new Color(0xB7, 0x2B, 0x2B);
    private static final Color[] SKIN = {
        new Color(0xF1, 0xC9, 0xA5), new Color(0xE3, 0xB3, 0x8A), new Color(0xF6, 0xD7, 0xBD)
    };
    private static final Color[] CLOTHES = {
        new Color(0x2F, 0x4B, 0x6E), new Color(0x3C, 0x5A, 0x46), new Color(0x55, 0x4A, 0x5E)
    };

    private SamplePhoto() {}

    /** Draws one portrait as JPEG bytes. */
    public static byte[] jpeg(RandomGenerator random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        int face = 112 + random.nextInt(16);
        graphics.setColor(CLOTHES[random.nextInt(CLOTHES.length)]);
        graphics.fillRoundRect(28, 300, WIDTH - 56, 200, 120, 120);
        graphics.setColor(SKIN[random.nextInt(SKIN.length)]);
        graphics.fillRect(WIDTH / 2 - 26, 250, 52, 70);
        graphics.fillOval((WIDTH - face) / 2, 120, face, 160);
        graphics.setColor(new Color(0x24, 0x1C, 0x18));
        graphics.fillArc((WIDTH - face) / 2 - 6, 98, face + 12, 120 + random.nextInt(30), 0, 180);
        graphics.fillOval(WIDTH / 2 - 32, 186, 12, 8);
        graphics.fillOval(WIDTH / 2 + 20, 186, 12, 8);
        graphics.setColor(new Color(0xB5, 0x62, 0x56));
        graphics.drawArc(WIDTH / 2 - 18, 226, 36, 16, 200, 140);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
