package io.invigil.exam.paper;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Something to be answered on a picture of the paper: choose areas, set points, draw. All
 * coordinates are pixels of the picture as its item declares it, whole numbers from the upper left
 * corner.
 */
public sealed interface PictureInteraction extends Interaction {
    int SPOTS_MAX = 40;

    /** Points of one response where the item sets no limit. */
    int POINTS_MAX = 50;

    int STROKES_MAX = 200;

    Xhtml prompt();

    Surface surface();

    /** Whether a person marks it because the paper has no key for it. */
    @Override
    boolean byHand();

    /**
     * The picture.
     *
     * @param asset name of a picture of the paper
     * @param alt what it shows, may be empty
     */
    record Surface(String asset, String alt, int width, int height) {
        public static final int SIDE_MAX = 10_000;
        public static final int ALT_CHARS_MAX = 200;

        public Surface {
            if (!Identifier.isAssetName(asset)
                    || width < 1
                    || height < 1
                    || width > SIDE_MAX
                    || height > SIDE_MAX
                    || alt.length() > ALT_CHARS_MAX) {
                throw new IllegalArgumentException("picture to answer on out of range");
            }
        }
    }

    /**
     * @param label what a candidate who does not see the picture is told, may be empty
     */
    record Spot(String id, Area area, String label) {
        public Spot {
            Identifier.checked("choice", id);
            if (area == null || label.length() > Surface.ALT_CHARS_MAX) {
                throw new IllegalArgumentException("area of a picture out of range");
            }
        }
    }

    /**
     * Choose areas of a picture (QTI hotspotInteraction); the response holds their identifiers.
     *
     * @param minChoices fewer are pointed out, never refused
     * @param maxChoices 0 for any number; always 1 when single
     */
    record Hotspots(
            String responseIdentifier,
            Xhtml prompt,
            Surface surface,
            Cardinality cardinality,
            int minChoices,
            int maxChoices,
            List<Spot> spots,
            boolean byHand)
            implements PictureInteraction {
        public Hotspots {
            Identifier.checked("response", responseIdentifier);
            spots = List.copyOf(spots);
            checkLimits(cardinality, minChoices, maxChoices);
            Set<String> seen = new HashSet<>();
            int width = surface.width();
            int height = surface.height();
            if (spots.isEmpty()
                    || spots.size() > SPOTS_MAX
                    || prompt == null
                    || !spots.stream().allMatch(spot -> seen.add(spot.id()))
                    || !spots.stream().allMatch(spot -> spot.area().within(width, height))) {
                throw new IllegalArgumentException(
                        "1 to " + SPOTS_MAX + " areas on the picture, each identifier once");
            }
        }

        @Override
        public BaseType baseType() {
            return BaseType.IDENTIFIER;
        }
    }

    /**
     * Set points on a picture (QTI selectPointInteraction); a value is {@code x y}.
     *
     * @param maxChoices 0 for any number; always 1 when single
     */
    record SelectPoint(
            String responseIdentifier,
            Xhtml prompt,
            Surface surface,
            Cardinality cardinality,
            int minChoices,
            int maxChoices,
            boolean byHand)
            implements PictureInteraction {
        public SelectPoint {
            Identifier.checked("response", responseIdentifier);
            checkLimits(cardinality, minChoices, maxChoices);
            if (prompt == null || surface == null || maxChoices > POINTS_MAX) {
                throw new IllegalArgumentException("at most " + POINTS_MAX + " points");
            }
        }

        @Override
        public BaseType baseType() {
            return BaseType.POINT;
        }
    }

    /**
     * Draw over a picture (QTI drawingInteraction), marked by a person. Where QTI answers with an
     * image, a value here is one stroke {@code x,y x,y …}: small enough to be saved with every
     * stroke like any other answer, kept offline and shown at any size.
     */
    record Drawing(String responseIdentifier, Xhtml prompt, Surface surface)
            implements PictureInteraction {
        public Drawing {
            Identifier.checked("response", responseIdentifier);
            if (prompt == null || surface == null) {
                throw new IllegalArgumentException("a drawing has a picture");
            }
        }

        @Override
        public boolean byHand() {
            return true;
        }

        @Override
        public BaseType baseType() {
            return BaseType.STROKE;
        }

        @Override
        public Cardinality cardinality() {
            return Cardinality.ORDERED;
        }
    }

    private static void checkLimits(Cardinality cardinality, int least, int most) {
        if (cardinality == Cardinality.ORDERED
                || cardinality == Cardinality.SINGLE && most != 1
                || least < 0
                || most < 0
                || most > 0 && least > most) {
            throw new IllegalArgumentException("limits of choices contradict each other");
        }
    }
}
