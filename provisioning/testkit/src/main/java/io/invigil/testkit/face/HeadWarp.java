package io.invigil.testkit.face;

import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.FaceShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Camera frames out of one photograph. There is no clip of a person here: a head turn is made by
 * laying the photograph on a cylinder with a nose and turning that. It moves the landmarks as a
 * turning head does; it is no proof of how well real people pass.
 */
public final class HeadWarp {
    public static final int WIDTH = 640;
    public static final int HEIGHT = 480;

    /** Degrees of a clear turn. */
    private static final double DEGREES = 34;

    /** The head is a cylinder somewhat wider than the found face. */
    private static final double RADIUS = 0.55;

    /** Depth of the nose above the cylinder, in radii. */
    private static final double NOSE = 0.42;

    /** Height of the tip of the nose in the found face. */
    private static final double NOSE_AT = 0.62;

    private static final int STEPS = 8;

    private final BufferedImage frame;
    private final FaceShape face;

    private HeadWarp(BufferedImage frame, FaceShape face) {
        this.frame = frame;
        this.face = face;
    }

    /**
     * Puts a portrait into a camera frame and finds the face in it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static HeadWarp of(byte[] photo, FaceReader reader) {
        BufferedImage frame = framed(photo);
        FaceShape face =
                reader.read(jpeg(frame))
                        .face()
                        .orElseThrow(() -> new IllegalArgumentException("a portrait has a face"));
        return new HeadWarp(frame, face);
    }

    /** A photograph as a camera frame. */
    public static byte[] frame(byte[] photo) {
        return jpeg(framed(photo));
    }

    private static BufferedImage framed(byte[] photo) {
        BufferedImage portrait = read(photo);
        BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = frame.createGraphics();
        paint.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        paint.setColor(Color.GRAY);
        paint.fillRect(0, 0, WIDTH, HEIGHT);
        int width = portrait.getWidth() * HEIGHT / portrait.getHeight();
        paint.drawImage(portrait, (WIDTH - width) / 2, 0, width, HEIGHT, null);
        paint.dispose();
        return frame;
    }

    /** The photograph as it is. */
    public byte[] ahead() {
        return turned(0);
    }

    /** Turned to the person's own left: in the frame of a camera that is to the right. */
    public byte[] left() {
        return turned(1);
    }

    public byte[] right() {
        return turned(-1);
    }

    /** A frame without anybody. */
    public static byte[] nobody() {
        BufferedImage empty = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = empty.createGraphics();
        paint.setColor(Color.GRAY);
        paint.fillRect(0, 0, WIDTH, HEIGHT);
        paint.dispose();
        return jpeg(empty);
    }

    /**
     * @param amount 1 for a clear turn to the left, -1 to the right
     */
    public byte[] turned(double amount) {
        BufferedImage warped = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        double angle = Math.toRadians(amount * DEGREES);
        double radius = face.width() * RADIUS;
        double middle = face.x() + face.width() / 2;
        double nose = face.y() + face.height() * NOSE_AT;
        for (int y = 0; y < HEIGHT; y++) {
            double up = (y - nose) / (0.16 * face.height());
            for (int x = 0; x < WIDTH; x++) {
                double seen = (x - middle) / radius;
                double from = seen;
                // the point of the surface that the turn brings here
                for (int step = 0; step < STEPS; step++) {
                    double next = (seen - depth(from, up) * Math.sin(angle)) / Math.cos(angle);
                    from = (from + next) / 2;
                }
                int source = (int) Math.round(middle + from * radius);
                warped.setRGB(x, y, frame.getRGB(Math.max(0, Math.min(WIDTH - 1, source)), y));
            }
        }
        return jpeg(warped);
    }

    private static double depth(double across, double up) {
        double head = Math.sqrt(Math.max(0, 1 - across * across));
        double wide = across / 0.22;
        return head + NOSE * Math.exp(-(wide * wide + up * up) / 2);
    }

    private static BufferedImage read(byte[] photo) {
        try {
            return ImageIO.read(new ByteArrayInputStream(photo));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return out.toByteArray();
    }
}
