package io.invigil.hub.candidate;

import java.awt.Color;

/**
 * Which ground portraits stand on; a tenant's rule, the source's is red (002 section 4). Judged by
 * hue, saturation and brightness, with room for lamps, printers and scanners. The names stand in
 * the database.
 */
public enum PhotoBackground {
    RED(PhotoIssue.PHOTO_NOT_RED),
    BLUE(PhotoIssue.PHOTO_NOT_BLUE),
    WHITE(PhotoIssue.PHOTO_NOT_WHITE),
    /** Nothing is asked: every photo passes. */
    ANY(PhotoIssue.PHOTO_NOT_RED);

    /** Degrees to both sides of pure red. */
    static final float RED_HUE_MAX = 20;

    static final float BLUE_HUE_MIN = 185;
    static final float BLUE_HUE_MAX = 250;

    /** Below it a colour is pink, sky or grey. */
    static final float SATURATION_MIN = 0.4f;

    /** Below it a colour is nearly black. */
    static final float BRIGHTNESS_MIN = 0.3f;

    static final float WHITE_SATURATION_MAX = 0.15f;
    static final float WHITE_BRIGHTNESS_MIN = 0.8f;

    private final PhotoIssue otherwise;

    PhotoBackground(PhotoIssue otherwise) {
        this.otherwise = otherwise;
    }

    /** Why a photo on another ground is not taken. */
    PhotoIssue otherwise() {
        return otherwise;
    }

    /**
     * Whether a colour passes.
     *
     * @param rgb eight bits each for red, green and blue
     */
    boolean fits(int rgb) {
        float[] hsb = Color.RGBtoHSB(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, null);
        float hue = hsb[0] * 360;
        boolean coloured = hsb[1] >= SATURATION_MIN && hsb[2] >= BRIGHTNESS_MIN;
        return switch (this) {
            case RED -> coloured && (hue <= RED_HUE_MAX || hue >= 360 - RED_HUE_MAX);
            case BLUE -> coloured && hue >= BLUE_HUE_MIN && hue <= BLUE_HUE_MAX;
            case WHITE -> hsb[1] <= WHITE_SATURATION_MAX && hsb[2] >= WHITE_BRIGHTNESS_MIN;
            case ANY -> true;
        };
    }
}
