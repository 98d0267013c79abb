package io.invigil.hub.candidate;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The colour behind a portrait, where no person is: the middle colour of both upper corners, so
 * that a lock of hair or a scratch changes nothing.
 *
 * @param left red, green, blue of the upper left corner
 * @param right of the upper right corner
 */
public record PhotoGround(int left, int right) {
    /** Part of the width that a corner's square has, and of it what is left out at the edge. */
    private static final double CORNER = 0.12;

    private static final double EDGE = 0.02;

    static PhotoGround of(BufferedImage portrait) {
        int edge = (int) (portrait.getWidth() * EDGE);
        int side = Math.max(1, (int) (portrait.getWidth() * CORNER));
        return new PhotoGround(
                middle(portrait, edge, edge, side),
                middle(portrait, portrait.getWidth() - edge - side, edge, side));
    }

    private static int middle(BufferedImage image, int left, int top, int side) {
        int[] pixels = image.getRGB(left, top, side, side, null, 0, side);
        return channel(pixels, 16) << 16 | channel(pixels, 8) << 8 | channel(pixels, 0);
    }

    private static int channel(int[] pixels, int shift) {
        int[] values = Arrays.stream(pixels).map(pixel -> pixel >> shift & 0xFF).sorted().toArray();
        return values[values.length / 2];
    }

    /** The corner that does not pass, as {@code #RRGGBB}; empty when both do. */
    Optional<String> unlike(PhotoBackground wanted) {
        int rgb = wanted.fits(left) ? right : left;
        return wanted.fits(rgb)
                ? Optional.empty()
                : Optional.of("#%06X".formatted(rgb).toUpperCase(Locale.ROOT));
    }
}
