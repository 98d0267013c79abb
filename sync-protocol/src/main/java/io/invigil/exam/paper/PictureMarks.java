package io.invigil.exam.paper;

import io.invigil.exam.paper.PictureInteraction.Surface;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Areas, points and strokes as SVG over their picture, for every page that shows them. Written from
 * whole numbers alone: nothing of a response stands in the markup as text. Pure.
 */
public final class PictureMarks {
    /** Radius and stroke width grow with the picture, so that they are seen at any size. */
    private static final int MARKS_ACROSS = 80;

    private PictureMarks() {}

    /**
     * The picture with a drawing area over it.
     *
     * @param url address of the picture; inserted escaped
     * @param attributes of the SVG, already escaped, each with a leading blank
     * @param inside elements of the SVG
     */
    public static String surface(Surface surface, String url, String attributes, String inside) {
        return "<div class=\"surface\"><img class=\"surface-picture\" src=\""
                + XhtmlFilter.escape(url)
                + "\" alt=\""
                + XhtmlFilter.escape(surface.alt())
                + "\" width=\""
                + surface.width()
                + "\" height=\""
                + surface.height()
                + "\" draggable=\"false\"><svg class=\"surface-marks\" viewBox=\"0 0 "
                + surface.width()
                + " "
                + surface.height()
                + "\""
                + attributes
                + ">"
                + inside
                + "</svg></div>";
    }

    /** What a response says, over its picture; areas that were not chosen are left out. */
    public static String answer(PictureInteraction interaction, String url, List<String> values) {
        String marks =
                switch (interaction) {
                    case PictureInteraction.Hotspots spots ->
                            spots.spots().stream()
                                    .filter(spot -> values.contains(spot.id()))
                                    .map(spot -> area(spot.area(), spots.surface(), ""))
                                    .collect(Collectors.joining());
                    case PictureInteraction.SelectPoint points ->
                            values.stream()
                                    .flatMap(value -> Points.point(value).stream())
                                    .map(point -> point(point, points.surface()))
                                    .collect(Collectors.joining());
                    case PictureInteraction.Drawing drawing ->
                            values.stream()
                                    .map(Points::stroke)
                                    .map(stroke -> stroke(stroke, drawing.surface()))
                                    .collect(Collectors.joining());
                };
        return surface(interaction.surface(), url, " aria-hidden=\"true\"", marks);
    }

    /**
     * One area.
     *
     * @param attributes already escaped, each with a leading blank
     */
    public static String area(Area area, Surface surface, String attributes) {
        List<Integer> c = area.coords();
        String shape =
                switch (area.shape()) {
                    case RECT -> rect(c.get(0), c.get(1), c.get(2), c.get(3));
                    case WHOLE -> rect(0, 0, surface.width(), surface.height());
                    case CIRCLE ->
                            "<circle cx=\"%d\" cy=\"%d\" r=\"%d\""
                                    .formatted(c.get(0), c.get(1), c.get(2));
                    case ELLIPSE ->
                            "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\""
                                    .formatted(c.get(0), c.get(1), c.get(2), c.get(3));
                    case POLY ->
                            "<polygon points=\""
                                    + c.stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(" "))
                                    + "\"";
                };
        return shape + " class=\"surface-area\"" + attributes + "></" + name(shape) + ">";
    }

    /** A number in the middle of an area. */
    public static String number(int number, Area area, Surface surface) {
        List<Integer> c = area.coords();
        long x = surface.width() / 2;
        long y = surface.height() / 2;
        switch (area.shape()) {
            case CIRCLE, ELLIPSE -> {
                x = c.get(0);
                y = c.get(1);
            }
            case RECT, POLY -> {
                int corners = c.size() / 2;
                x = 0;
                y = 0;
                for (int i = 0; i < c.size(); i += 2) {
                    x += c.get(i);
                    y += c.get(i + 1);
                }
                x /= corners;
                y /= corners;
            }
            case WHOLE -> {
                // the middle of the picture
            }
        }
        return "<text class=\"surface-number\" x=\"%d\" y=\"%d\" font-size=\"%d\">%d</text>"
                .formatted(x, y, 4 * radius(surface), number);
    }

    private static String point(Points.Point point, Surface surface) {
        return "<circle class=\"surface-point\" cx=\"%d\" cy=\"%d\" r=\"%d\"></circle>"
                .formatted(point.x(), point.y(), radius(surface));
    }

    private static String stroke(List<Points.Point> stroke, Surface surface) {
        return "<polyline class=\"surface-stroke\" stroke-width=\"%d\" points=\"%s\"></polyline>"
                .formatted(
                        Math.max(1, radius(surface) / 3),
                        stroke.stream()
                                .map(point -> point.x() + "," + point.y())
                                .collect(Collectors.joining(" ")));
    }

    /** Radius of a point in pixels of the picture. */
    public static int radius(Surface surface) {
        return Math.max(3, Math.max(surface.width(), surface.height()) / MARKS_ACROSS);
    }

    private static String rect(int left, int top, int right, int bottom) {
        return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
                .formatted(left, top, right - left, bottom - top);
    }

    private static String name(String shape) {
        return shape.substring(1, shape.indexOf(' '));
    }
}
