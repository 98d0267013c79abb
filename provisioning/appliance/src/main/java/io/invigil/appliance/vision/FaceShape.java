package io.invigil.appliance.vision;

/**
 * The face in a picture, in pixels of the picture.
 *
 * @param x left edge
 * @param y upper edge
 * @param width of the face
 * @param height of the face
 * @param turn horizontal place of the nose between the eyes, in eye distances from their middle:
 *     about 0 from the front, rising as the person turns to their own left
 * @param tilt angle of the line through the eyes, in degrees
 * @param light mean luminance of the face, 0 to 255
 * @param score of the detector, 0 to 1
 */
public record FaceShape(
        double x,
        double y,
        double width,
        double height,
        double turn,
        double tilt,
        double light,
        double score) {
    /** Fewer pixels double the misses on identity photographs. */
    public static final double WIDTH_MIN = 100;

    /** Below this mean luminance the face is too dark. */
    public static final double LIGHT_MIN = 45;

    /** Beyond this a face is not from the front: measured frontal faces stay within 0.16. */
    public static final double TURN_MAX = 0.22;

    /** Degrees of tilt that the alignment still takes out well. */
    public static final double TILT_MAX = 25;
}
