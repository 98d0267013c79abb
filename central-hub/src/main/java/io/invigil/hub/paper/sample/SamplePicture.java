package io.invigil.hub.paper.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The drawing of the sample papers: two pairs of parallel cells in series. Needs no font. */
final class SamplePicture {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;

    private SamplePicture() {}

    static byte[] png() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setColor(new Color(0x1f, 0x2a, 0x44));
        pen.setStroke(new BasicStroke(3f));
        pen.drawLine(40, 130, 120, 130);
        pair(pen, 120);
        pen.drawLine(300, 130, 340, 130);
        pair(pen, 340);
        pen.drawLine(520, 130, 600, 130);
        pen.fillOval(32, 122, 16, 16);
        pen.drawOval(592, 122, 16, 16);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return out.toByteArray();
    }

    /** Two cells side by side electrically, one above the other on paper. */
    private static void pair(Graphics2D pen, int x) {
        pen.drawLine(x, 70, x, 190);
        pen.drawLine(x + 180, 70, x + 180, 190);
        for (int y : new int[] {70, 190}) {
            pen.drawLine(x, y, x + 78, y);
            pen.drawLine(x + 102, y, x + 180, y);
            pen.drawLine(x + 78, y - 34, x + 78, y + 34);
            pen.fillRect(x + 98, y - 18, 6, 36);
        }
    }
}
