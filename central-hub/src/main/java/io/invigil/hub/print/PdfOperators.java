package io.invigil.hub.print;

import java.awt.Color;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.nio.charset.StandardCharsets;

/** The operators of a page's content stream as text (ISO 32000-1, annex A). Not thread-safe. */
final class PdfOperators {
    private final StringBuilder operators = new StringBuilder();

    byte[] bytes() {
        return operators.toString().getBytes(StandardCharsets.US_ASCII);
    }

    PdfOperators append(String text) {
        operators.append(text);
        return this;
    }

    void path(GeneralPath path) {
        double[] at = new double[6];
        double x = 0;
        double y = 0;
        for (PathIterator each = path.getPathIterator(null); !each.isDone(); each.next()) {
            int kind = each.currentSegment(at);
            switch (kind) {
                case PathIterator.SEG_MOVETO -> points(at, 2).append("m\n");
                case PathIterator.SEG_LINETO -> points(at, 2).append("l\n");
                case PathIterator.SEG_QUADTO -> {
                    double[] cubic = {
                        x + 2 * (at[0] - x) / 3,
                        y + 2 * (at[1] - y) / 3,
                        at[2] + 2 * (at[0] - at[2]) / 3,
                        at[3] + 2 * (at[1] - at[3]) / 3,
                        at[2],
                        at[3]
                    };
                    points(cubic, 6).append("c\n");
                }
                case PathIterator.SEG_CUBICTO -> points(at, 6).append("c\n");
                default -> operators.append("h\n");
            }
            int last =
                    kind == PathIterator.SEG_QUADTO ? 2 : kind == PathIterator.SEG_CUBICTO ? 4 : 0;
            if (kind != PathIterator.SEG_CLOSE) {
                x = at[last];
                y = at[last + 1];
            }
        }
    }

    PdfOperators points(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            number(values[i]);
        }
        return this;
    }

    PdfOperators colour(Color colour) {
        number(colour.getRed() / 255.0);
        number(colour.getGreen() / 255.0);
        return number(colour.getBlue() / 255.0);
    }

    /** Writes a number with at most four places and no exponent. */
    PdfOperators number(double value) {
        long scaled = Math.round(value * 10_000);
        if (scaled < 0) {
            operators.append('-');
            scaled = -scaled;
        }
        operators.append(scaled / 10_000);
        long rest = scaled % 10_000;
        if (rest > 0) {
            String places = Long.toString(10_000 + rest).substring(1);
            int end = 4;
            while (places.charAt(end - 1) == '0') {
                end--;
            }
            operators.append('.').append(places, 0, end);
        }
        operators.append(' ');
        return this;
    }
}
