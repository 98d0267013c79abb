package io.invigil.exam.paper;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a picture in the picture's own pixels (QTI 2.2 shape and coords). Whole numbers alone,
 * so that node and centre agree on every border; the border belongs to the area. In JSON and as the
 * key of a mapping it is one text, such as {@code circle 77,115,8}. Immutable.
 *
 * @param coords rect: left, top, right, bottom; circle: x, y, radius; ellipse: x, y, two radii;
 *     poly: x, y of three or more corners; whole: none
 */
public record Area(Shape shape, List<Integer> coords) {
    public static final int CORNERS_MAX = 60;
    public static final int COORDINATE_MAX = 20_000;
    private static final Pattern COORDS = Pattern.compile("[0-9]{1,5}( ?, ?[0-9]{1,5}){0,119}");

    /** Kinds of area; {@code WHOLE} is QTI's default. */
    public enum Shape {
        RECT,
        CIRCLE,
        ELLIPSE,
        POLY,
        WHOLE
    }

    public Area {
        coords = List.copyOf(coords);
        boolean fits =
                switch (shape) {
                    case RECT ->
                            coords.size() == 4
                                    && coords.get(0) <= coords.get(2)
                                    && coords.get(1) <= coords.get(3);
                    case CIRCLE -> coords.size() == 3 && coords.get(2) > 0;
                    case ELLIPSE -> coords.size() == 4 && coords.get(2) > 0 && coords.get(3) > 0;
                    case POLY ->
                            coords.size() >= 6
                                    && coords.size() % 2 == 0
                                    && coords.size() <= 2 * CORNERS_MAX;
                    case WHOLE -> coords.isEmpty();
                };
        if (!fits || coords.stream().anyMatch(c -> c < 0 || c > COORDINATE_MAX)) {
            throw new IllegalArgumentException("coordinates do not make a " + shape);
        }
    }

    /** An area by the names of QTI; empty when shape or coordinates are none. */
    public static Optional<Area> of(String shape, String coords) {
        Optional<Shape> kind =
                switch (shape) {
                    case "rect" -> Optional.of(Shape.RECT);
                    case "circle" -> Optional.of(Shape.CIRCLE);
                    case "ellipse" -> Optional.of(Shape.ELLIPSE);
                    case "poly" -> Optional.of(Shape.POLY);
                    case "default", "whole" -> Optional.of(Shape.WHOLE);
                    default -> Optional.empty();
                };
        boolean whole = kind.filter(Shape.WHOLE::equals).isPresent();
        if (kind.isEmpty() || !whole && !COORDS.matcher(coords).matches()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        if (!whole) {
            for (String number : coords.split(",")) {
                numbers.add(Integer.parseInt(number.strip()));
            }
        }
        boolean closed =
                kind.get() == Shape.POLY
                        && numbers.size() > 6
                        && numbers.get(0).equals(numbers.get(numbers.size() - 2))
                        && numbers.get(1).equals(numbers.get(numbers.size() - 1));
        try {
            return Optional.of(
                    new Area(
                            kind.get(), closed ? numbers.subList(0, numbers.size() - 2) : numbers));
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    /** Reads {@link #text()}; throws when it is none. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Area parse(String text) {
        int blank = text.indexOf(' ');
        return (blank < 0 ? of(text, "") : of(text.substring(0, blank), text.substring(blank + 1)))
                .orElseThrow(() -> new IllegalArgumentException("not an area"));
    }

    /** Shape and coordinates in one text. */
    @JsonValue
    public String text() {
        String name = shape.name().toLowerCase(Locale.ROOT);
        return coords.isEmpty()
                ? name
                : name + " " + String.join(",", coords.stream().map(String::valueOf).toList());
    }

    /** Whether the point lies in the area or on its border. */
    public boolean contains(int x, int y) {
        return switch (shape) {
            case WHOLE -> true;
            case RECT -> x >= at(0) && y >= at(1) && x <= at(2) && y <= at(3);
            case CIRCLE -> squared(x - at(0)) + squared(y - at(1)) <= squared(at(2));
            case ELLIPSE ->
                    squared(x - at(0)) * squared(at(3)) + squared(y - at(1)) * squared(at(2))
                            <= squared(at(2)) * squared(at(3));
            case POLY -> inside(x, y);
        };
    }

    /** Whether the whole area lies on a picture of that size. */
    boolean within(int width, int height) {
        return switch (shape) {
            case WHOLE -> true;
            case RECT, POLY -> {
                boolean in = true;
                for (int i = 0; i < coords.size(); i += 2) {
                    in &= at(i) <= width && at(i + 1) <= height;
                }
                yield in;
            }
            // round ones may reach over the edge
            case CIRCLE, ELLIPSE -> at(0) <= width && at(1) <= height;
        };
    }

    /** Even-odd rule: how often a ray to the right crosses the border. */
    private boolean inside(int x, int y) {
        boolean inside = false;
        int corners = coords.size() / 2;
        for (int i = 0, j = corners - 1; i < corners; j = i++) {
            int x1 = at(2 * j);
            int y1 = at(2 * j + 1);
            int x2 = at(2 * i);
            int y2 = at(2 * i + 1);
            long side = (long) (x2 - x1) * (y - y1) - (long) (y2 - y1) * (x - x1);
            if (side == 0
                    && Math.min(x1, x2) <= x
                    && x <= Math.max(x1, x2)
                    && Math.min(y1, y2) <= y
                    && y <= Math.max(y1, y2)) {
                return true;
            }
            if ((y1 > y) != (y2 > y) && (side > 0) == (y2 > y1)) {
                inside = !inside;
            }
        }
        return inside;
    }

    private int at(int index) {
        return coords.get(index);
    }

    private static long squared(long value) {
        return value * value;
    }
}
