package io.invigil.exam.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Points and strokes as the values of a response have them. Pure. */
public final class Points {
    private static final Pattern POINT = Pattern.compile("[0-9]{1,5} [0-9]{1,5}");
    private static final Pattern STEP = Pattern.compile("[0-9]{1,5},[0-9]{1,5}");

    /** Steps of one stroke. */
    static final int STEPS_MAX = 2_000;

    private Points() {}

    /** A point in pixels. */
    public record Point(int x, int y) {
        boolean on(PictureInteraction.Surface surface) {
            return x <= surface.width() && y <= surface.height();
        }
    }

    /** The point of a value {@code x y}; empty when it is none. */
    public static Optional<Point> point(String value) {
        return POINT.matcher(value).matches() ? Optional.of(of(value, ' ')) : Optional.empty();
    }

    /** The points of a stroke {@code x,y x,y …}; empty when it is none. */
    public static List<Point> stroke(String value) {
        List<Point> points = new ArrayList<>();
        for (String step : value.split(" ", STEPS_MAX + 1)) {
            if (!STEP.matcher(step).matches()) {
                return List.of();
            }
            points.add(of(step, ','));
        }
        return points;
    }

    private static Point of(String text, char between) {
        int at = text.indexOf(between);
        return new Point(
                Integer.parseInt(text.substring(0, at)), Integer.parseInt(text.substring(at + 1)));
    }
}
